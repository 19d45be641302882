namespace ControlTower.Core.Engine;

/// <summary>
/// Commands that are sent after the commit of the cycle that decides them, instead of waiting in their connector's
/// queue until they are claimed: their lease and their first attempt are written with them.
/// </summary>
internal interface IEagerDispatch
{
    /// <summary>
    /// Of the cycle's new commands those that may be sent at once, leased. Commands that are revalidated before they
    /// are sent are never among them.
    /// </summary>
    Task<IEagerBatch> PrepareAsync(CycleContext cycle, CancellationToken cancellation);
}

/// <summary>
/// Commands of one cycle with reserved slots of their connectors. Disposed without <see cref="Dispatch"/>, the slots
/// are free again: the cycle was undone.
/// </summary>
internal interface IEagerBatch : IDisposable
{
    /// <summary>Sends them; the cycle is committed.</summary>
    void Dispatch();
}

/// <summary>Where nothing is sent: every command waits in its queue.</summary>
internal sealed class NoEagerDispatch : IEagerDispatch, IEagerBatch
{
    public Task<IEagerBatch> PrepareAsync(CycleContext cycle, CancellationToken cancellation) => Task.FromResult<IEagerBatch>(this);

    public void Dispatch()
    {
    }

    public void Dispose()
    {
    }
}
