namespace ControlTower.Integrations.Http;

/// <summary>
/// A target's own limit as last reported. With much left, nothing is delayed; the last tenth of a window is spread
/// evenly over the rest of it, and when nothing is left no request starts until the reset. Safe for many threads.
/// </summary>
internal sealed class VendorRate(TimeProvider time, TimeSpan longest)
{
    private readonly Lock _gate = new();
    private long _remaining = long.MaxValue;
    private long? _limit;
    private DateTimeOffset _resetAt;
    private DateTimeOffset _nextAt;

    /// <summary>
    /// Applies the target's report. Responses overtake each other: within one window the smaller remainder is the
    /// later.
    /// </summary>
    public void Apply(RateLimitState part)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var isSameWindow = _resetAt > now && part.Remaining >= _remaining && Near(now + part.Reset, _resetAt);
            if (isSameWindow)
            {
                return;
            }

            (_remaining, _limit) = (part.Remaining, part.Limit);
            _resetAt = now + (part.Reset < longest ? part.Reset : longest);
            Spread(now);
        }
    }

    /// <summary>A send began: one less is left, as far as we know.</summary>
    public void Take()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_resetAt > now && _remaining is > 0 and < long.MaxValue)
            {
                _remaining--;
                Spread(now);
            }
        }
    }

    /// <summary>How many may start now; the wait when none may.</summary>
    public (int Free, TimeSpan Wait) Allowed()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            return _resetAt <= now ? (int.MaxValue, TimeSpan.Zero)
                : _remaining <= 0 ? (0, _resetAt - now)
                : _nextAt > now ? (0, _nextAt - now)
                : IsScarce ? (1, TimeSpan.Zero)
                : ((int)Math.Min(_remaining, int.MaxValue), TimeSpan.Zero);
        }
    }

    /// <summary>Sends a second that the rest of the window allows; null without a report that still counts.</summary>
    public double? PerSecond()
    {
        lock (_gate)
        {
            var left = _resetAt - time.GetUtcNow();
            return left <= TimeSpan.Zero || _remaining == long.MaxValue ? null : _remaining / Math.Max(left.TotalSeconds, 1);
        }
    }

    private bool IsScarce => _limit is { } limit && _remaining * 10 <= limit;

    private void Spread(DateTimeOffset now) =>
        _nextAt = _remaining > 0 && IsScarce ? now + ((_resetAt - now) / (_remaining + 1)) : now;

    private static bool Near(DateTimeOffset one, DateTimeOffset other) => (one - other).Duration() < TimeSpan.FromSeconds(2);
}
