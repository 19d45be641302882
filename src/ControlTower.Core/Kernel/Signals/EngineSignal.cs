namespace ControlTower.Core.Kernel.Signals;

/// <summary>
/// Wakes this process's engine when there is something to do. A hint: it may be raised for nothing, and polling covers
/// a lost one. Raise it after the commit.
/// </summary>
public sealed class EngineSignal : IDisposable
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
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellation) => _raised.WaitAsync(atMost, cancellation);
}
