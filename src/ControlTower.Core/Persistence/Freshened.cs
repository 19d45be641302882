namespace ControlTower.Core.Persistence;

/// <summary>A value read from the database and kept for a second. Readers do not wait for each other: one reads again, the others take the last, while that is a few seconds old at most.</summary>
internal sealed class Freshened<TValue>(TValue initial, TimeProvider system, Func<CancellationToken, Task<TValue>> read) : IDisposable
    where TValue : class
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(1);

    /// <summary>How old a value may be that stands in for one that could not be read. A node that was cut off for longer must not decide by what others have changed since.</summary>
    private static readonly TimeSpan Bearable = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile TValue _current = initial;
    private long _readAt;

    public TValue Current => _current;

    public async ValueTask<TValue> GetAsync(CancellationToken cancellation)
    {
        var readAt = Volatile.Read(ref _readAt);
        if (readAt == 0 || system.GetElapsedTime(readAt) > Bearable)
        {
            await RefreshAsync(cancellation);
        }
        else if (system.GetElapsedTime(readAt) > Age && await _gate.WaitAsync(0, cancellation))
        {
            await ReadAgainAsync(cancellation);
        }

        return _current;
    }

    public async Task RefreshAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        await ReadAsync(cancellation);
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>A connection that is gone is no reason to refuse who asks: he gets the last value, and the next who asks reads again.</summary>
    private async Task ReadAgainAsync(CancellationToken cancellation)
    {
        try
        {
            await ReadAsync(cancellation);
        }
        catch (Exception fault) when (TransientFaults.IsTransient(fault))
        {
            // The last value is a moment old; a fault that stays is thrown when it is bearable no more.
        }
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        try
        {
            var at = system.GetTimestamp();
            _current = await read(cancellation);
            Volatile.Write(ref _readAt, Math.Max(at, 1));
        }
        finally
        {
            _gate.Release();
        }
    }
}
