namespace ControlTower.Core.Kernel.Signals;

/// <summary>
/// Wakes this process's dispatcher when commands may be due. A hint: it may be raised for nothing, and polling covers a
/// lost one. Raise it after the commit that wrote the commands.
/// </summary>
public sealed class OutboxSignal : IDisposable
{
    private readonly SemaphoreSlim _raised = new(0, 1);

    public void Raise()
    {
        try
        {
            _raised.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already raised and not yet seen: one waking is enough.
        }
    }

    public void Dispose() => _raised.Dispose();

    /// <summary>Waits until it is raised or the time is over.</summary>
    internal Task WaitAsync(TimeSpan atMost, CancellationToken cancellation) => _raised.WaitAsync(atMost, cancellation);
}
