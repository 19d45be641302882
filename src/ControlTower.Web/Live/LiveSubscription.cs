namespace ControlTower.Web.Live;

/// <summary>One subscriber: its pending changes, and the loop that notifies it.</summary>
internal sealed class LiveSubscription(
    Func<LiveChange, Task> onChange,
    TimeSpan interval,
    TimeProvider time,
    ILogger log,
    Action<LiveSubscription> remove) : IDisposable
{
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private LiveChange? _pending;
    private bool _running;
    private bool _disposed;

    public void Add(LiveChange change)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _pending = _pending?.With(change) ?? change;
            if (_running)
            {
                return;
            }

            _running = true;
        }

        _ = Task.Run(NotifyAsync);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _pending = null;
        }

        remove(this);
    }

    // The first change waits only for those that arrive with it; later ones for the interval.
    private async Task NotifyAsync()
    {
        var wait = Shortest;
        while (true)
        {
            await Task.Delay(wait, time);
            if (Take() is not { } change)
            {
                return;
            }

            try
            {
                await onChange(change);
            }
            catch (ObjectDisposedException)
            {
                // The page was closed while it was being notified.
            }
            catch (Exception error)
            {
                log.LogWarning(error, "A page could not be brought up to date");
            }

            wait = interval;
        }
    }

    private LiveChange? Take()
    {
        lock (_gate)
        {
            var change = _pending;
            _pending = null;
            _running = change is not null;
            return change;
        }
    }
}
