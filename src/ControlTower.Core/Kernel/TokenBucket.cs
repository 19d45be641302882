namespace ControlTower.Core.Kernel;

/// <summary>
/// A rate limit: tokens refill evenly up to one second's worth. A caller may take more than there is; then nobody gets
/// a token until the debt is refilled. So a batch larger than the rate is possible, and the average still holds. Safe
/// for many threads.
/// </summary>
public sealed class TokenBucket(int perSecond, TimeProvider time)
{
    private readonly Lock _gate = new();
    private double _tokens = perSecond;
    private long _asOf = time.GetTimestamp();

    public int PerSecond { get; } = perSecond;

    /// <summary>Takes the tokens when there is at least one.</summary>
    public bool TryTake(int tokens)
    {
        lock (_gate)
        {
            Refill();
            if (_tokens < 1)
            {
                return false;
            }

            _tokens -= tokens;
            return true;
        }
    }

    /// <summary>Whole tokens that may be taken without debt.</summary>
    public int Available()
    {
        lock (_gate)
        {
            Refill();
            return (int)Math.Max(0, Math.Floor(_tokens));
        }
    }

    /// <summary>How long until a token is there; zero when one is.</summary>
    public TimeSpan Wait()
    {
        lock (_gate)
        {
            Refill();
            return _tokens >= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - _tokens) / PerSecond);
        }
    }

    private void Refill()
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(PerSecond, _tokens + (time.GetElapsedTime(_asOf, now).TotalSeconds * PerSecond));
        _asOf = now;
    }
}
