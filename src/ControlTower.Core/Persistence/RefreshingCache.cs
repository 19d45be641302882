namespace ControlTower.Core.Persistence;

/// <summary>
/// A value read from the database and kept for a second. Readers do not wait for each other: one reads again, the others take the last, while that is a few
/// seconds old at most. When it is older, all who ask wait for the same reading, so that a database that does not answer costs everybody one time-out.
/// </summary>
internal sealed class RefreshingCache<TValue>(TValue initial, TimeProvider system, Func<CancellationToken, Task<TValue>> read) : IDisposable
    where TValue : class
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(1);

    /// <summary>How old a value may be that stands in for one that could not be read. A node that was cut off for longer must not decide by what others have changed since.</summary>
    private static readonly TimeSpan Bearable = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _end = new();
    private readonly Lock _sync = new();
    private volatile TValue _current = initial;
    private long _readAt;
    private Reading? _reading;

    public TValue Current => _current;

    /// <summary>The value as it stood a second ago at most; while it cannot be read, the last one for a few seconds more, and then the error of reading it.</summary>
    public async ValueTask<TValue> GetAsync(CancellationToken cancellation)
    {
        var readAt = Volatile.Read(ref _readAt);
        if (readAt == 0 || system.GetElapsedTime(readAt) > Bearable)
        {
            await Shared().WaitAsync(cancellation);
        }
        else if (system.GetElapsedTime(readAt) > Age && BeginUnlessOneRuns() is { } reading)
        {
            await BearAsync(reading.WaitAsync(cancellation));
        }

        return _current;
    }

    /// <summary>Reads what stands now: a reading that began before is not enough for who has just changed it.</summary>
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

    /// <summary>A connection that is gone is no reason to refuse who asks: they get the last value, and the next who asks reads again.</summary>
    private static async Task BearAsync(Task reading)
    {
        try
        {
            await reading;
        }
        catch (Exception error) when (TransientErrors.IsTransient(error))
        {
            // The last value is a moment old; a error that stays is thrown when it is bearable no more.
        }
    }

    // One that began too long ago may bring what is not bearable any more, and a connection that hangs must not hold up those who come after its failure.
    private Task Shared()
    {
        lock (_sync)
        {
            return _reading is { Task.IsCompleted: false } running && system.GetElapsedTime(running.BegunAt) <= Bearable ? running.Task : Begin();
        }
    }

    private Task? BeginUnlessOneRuns()
    {
        lock (_sync)
        {
            return _reading is { Task.IsCompleted: false } ? null : Begin();
        }
    }

    // Under the lock. Not by the reader's cancellation: others wait for the same.
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
