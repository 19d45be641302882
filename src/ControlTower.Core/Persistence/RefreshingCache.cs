namespace ControlTower.Core.Persistence;

/// <summary>
/// A value read from the database and kept for a second. Readers do not wait for each other: one reads again, the
/// others get the last value, while that is a few seconds old at most. When it is older, all callers wait for the same
/// reading, so that a database that does not respond costs every caller one time-out.
/// </summary>
internal sealed class RefreshingCache<TValue>(TValue initial, TimeProvider system, Func<CancellationToken, Task<TValue>> read) : IDisposable
    where TValue : class
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How old a value may be that replaces one that could not be read. A node that was cut off for longer must not
    /// decide without others' changes.
    /// </summary>
    private static readonly TimeSpan Tolerable = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _end = new();
    private readonly Lock _sync = new();
    private volatile TValue _current = initial;
    private long _readAt;
    private Reading? _reading;

    public TValue Current => _current;

    /// <summary>
    /// The value, at most a second old; while it cannot be read, the last one for a few seconds more, and then the
    /// error of reading it.
    /// </summary>
    public async ValueTask<TValue> GetAsync(CancellationToken cancellation)
    {
        var readAt = Volatile.Read(ref _readAt);
        if (readAt == 0 || system.GetElapsedTime(readAt) > Tolerable)
        {
            await Shared().WaitAsync(cancellation);
        }
        else if (system.GetElapsedTime(readAt) > Age && BeginUnlessOneRuns() is { } reading)
        {
            await TolerateAsync(reading.WaitAsync(cancellation));
        }

        return _current;
    }

    /// <summary>Reads the current value: a reading that began earlier may miss the caller's own change.</summary>
    public Task RefreshAsync(CancellationToken cancellation)
    {
        lock (_sync)
        {
            return Begin().WaitAsync(cancellation);
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    /// <summary>
    /// A lost connection is no reason to fail the caller: they get the last value, and the next caller reads again.
    /// </summary>
    private static async Task TolerateAsync(Task reading)
    {
        try
        {
            await reading;
        }
        catch (Exception error) when (TransientErrors.IsTransient(error))
        {
            // The last value is recent; a persistent error is thrown once the value is too old.
        }
    }

    // A reading that began too long ago may return a value that is too old, and a hanging connection must not hold up
    // later callers.
    private Task Shared()
    {
        lock (_sync)
        {
            return _reading is { Task.IsCompleted: false } running && system.GetElapsedTime(running.BegunAt) <= Tolerable
                ? running.Task
                : Begin();
        }
    }

    private Task? BeginUnlessOneRuns()
    {
        lock (_sync)
        {
            return _reading is { Task.IsCompleted: false } ? null : Begin();
        }
    }

    // Under the lock. Not cancelled by its caller: others wait for the same reading.
    private Task Begin()
    {
        var (begunAt, end) = (Math.Max(system.GetTimestamp(), 1), _end.Token);
        var task = Task.Run(() => ReadAsync(begunAt, end), end);
        _reading = new Reading(begunAt, task);
        return task;
    }

    private async Task ReadAsync(long begunAt, CancellationToken end)
    {
        var value = await read(end);
        lock (_sync)
        {
            if (begunAt >= _readAt)
            {
                _current = value;
                Volatile.Write(ref _readAt, begunAt);
            }
        }
    }

    private sealed record Reading(long BegunAt, Task Task);
}
