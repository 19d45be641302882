using ControlTower.Core.Connectors;

namespace ControlTower.Core.Outbox;

/// <summary>
/// How much of one connector is in use by this node: sends in flight, and slots reserved for commands that are about
/// to be sent. A slot is only taken by a reservation, and comes back when its holder is disposed.
/// </summary>
/// <param name="report">Takes the outcome of each completed send.</param>
internal sealed class SendSlots(Action<AttemptEnded> report) : IDisposable
{
    private readonly SemaphoreSlim _freed = new(0);
    private int _taken;
    private int _starting;

    public int Taken => Volatile.Read(ref _taken);

    /// <summary>Sends that have begun and that their channel does not count yet.</summary>
    public int Starting => Volatile.Read(ref _starting);

    public SlotReservation Reserve(int slots)
    {
        Interlocked.Add(ref _taken, slots);
        return new SlotReservation(this, slots);
    }

    /// <summary>Waits until a slot comes back, or for the time.</summary>
    public async Task WaitForFreeAsync(TimeSpan atMost, CancellationToken stopping)
    {
        await _freed.WaitAsync(atMost, stopping);
        while (_freed.Wait(0, CancellationToken.None))
        {
            // Others came back as well: the caller looks once for all of them.
        }
    }

    public void Dispose() => _freed.Dispose();

    internal void Free(int slots)
    {
        Interlocked.Add(ref _taken, -slots);
        _freed.Release();
    }

    internal void Report(AttemptEnded ended) => report(ended);

    /// <summary>Begins a send on another thread.</summary>
    internal Task<SendResult> StartAsync(Func<Task<SendResult>> send)
    {
        Interlocked.Increment(ref _starting);
        return Task.Run(() => StartedAsync(send));
    }

    /// <summary>Once the send has begun the channel's own pace counts it.</summary>
    private Task<SendResult> StartedAsync(Func<Task<SendResult>> send)
    {
        try
        {
            return send();
        }
        finally
        {
            Interlocked.Decrement(ref _starting);
        }
    }
}
