using ControlTower.Web.Live;

namespace ControlTower.Web.Features.Tower;

/// <summary>One view's snapshot and its watchers. A loop runs while there is a watcher.</summary>
internal sealed class SharedTowerSnapshot(
    Func<CancellationToken, Task<TowerSnapshot>> look, LiveFeed feed, TimeProvider system, ILogger log)
{
    /// <summary>Not more often than this, however much changes.</summary>
    internal static readonly TimeSpan Least = TimeSpan.FromMilliseconds(500);

    /// <summary>Without any change: ages and remaining times change too.</summary>
    internal static readonly TimeSpan Most = TimeSpan.FromSeconds(5);

    /// <summary>
    /// After a snapshot the loop rests this many times as long as it took, so that a slow database is not kept busy by
    /// its watchers.
    /// </summary>
    private const int RestFactor = 4;

    private readonly Lock _gate = new();
    private readonly List<TowerSnapshots.Watcher> _watchers = [];
    private TowerSnapshot? _latest;
    private Action? _stop;

    public IDisposable Watch(TowerSnapshots.Watcher watcher)
    {
        TowerSnapshot? latest;
        lock (_gate)
        {
            _watchers.Add(watcher);
            latest = _latest;
            _stop ??= Start();
        }

        if (latest is not null)
        {
            watcher.Seen(latest);
        }

        return new Unsubscription(this, watcher);
    }

    private Action Start()
    {
        var stop = new CancellationTokenSource();
        _ = Task.Run(() => RunAsync(stop));
        return stop.Cancel;
    }

    private void Unsubscribe(TowerSnapshots.Watcher watcher)
    {
        lock (_gate)
        {
            _watchers.Remove(watcher);
            if (_watchers.Count == 0)
            {
                _stop?.Invoke();
                (_stop, _latest) = (null, null);
            }
        }
    }

    private async Task RunAsync(CancellationTokenSource stop)
    {
        using var stopping = stop;
        var cancellation = stop.Token;
        using var changed = new SemaphoreSlim(0, 1);
        using var subscription = feed.Subscribe(_ => Signal(changed), Least);
        try
        {
            while (true)
            {
                var began = system.GetTimestamp();
                await ReadAsync(cancellation);
                var rest = system.GetElapsedTime(began) * RestFactor;
                await Task.Delay(rest > Least ? rest : Least, system, cancellation);
                await changed.WaitAsync(Most, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The last watcher left.
        }
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        try
        {
            var snapshot = await look(cancellation);
            Notify(watcher => watcher.Seen(snapshot), snapshot, cancellation);
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            log.LogWarning(exception, "The Tower could not be read; it is tried again.");
            Notify(watcher => watcher.Failed(exception), null, cancellation);
        }
    }

    private void Notify(Action<TowerSnapshots.Watcher> tell, TowerSnapshot? snapshot, CancellationToken cancellation)
    {
        TowerSnapshots.Watcher[] watchers;
        lock (_gate)
        {
            // A loop whose watchers left must not publish any more: another may run already.
            if (cancellation.IsCancellationRequested)
            {
                return;
            }

            _latest = snapshot ?? _latest;
            watchers = [.. _watchers];
        }

        foreach (var watcher in watchers)
        {
            tell(watcher);
        }
    }

    private static Task Signal(SemaphoreSlim changed)
    {
        try
        {
            changed.Release();
        }
        catch (SemaphoreFullException)
        {
            // A snapshot is due already.
        }
        catch (ObjectDisposedException)
        {
            // The loop has just ended.
        }

        return Task.CompletedTask;
    }

    private sealed class Unsubscription(SharedTowerSnapshot look, TowerSnapshots.Watcher watcher) : IDisposable
    {
        public void Dispose() => look.Unsubscribe(watcher);
    }
}
