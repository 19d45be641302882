using System.Collections.Concurrent;
using ControlTower.Core.Kernel;
using ControlTower.Web.Live;

namespace ControlTower.Web.Features.Tower;

/// <summary>
/// The Tower's snapshots, shared: one query serves every circuit that sees the same, is repeated when something
/// changed, and only while somebody watches.
/// </summary>
public sealed class TowerSnapshots(ITowerReader looker, LiveFeed feed, TimeProvider system, ILogger<TowerSnapshots> log)
{
    private readonly ConcurrentDictionary<string, SharedTowerSnapshot> _looks = new(StringComparer.Ordinal);

    /// <summary>
    /// Watches for this actor. <paramref name="seen"/> is called with every new snapshot (at once with the latest, if
    /// there is one) on a thread of the pool; it must not block. Dispose to stop.
    /// </summary>
    /// <param name="failed">Called when a snapshot failed; the next try follows by itself.</param>
    public IDisposable Watch(Actor actor, Action<TowerSnapshot> seen, Action<Exception> failed)
    {
        var view = TowerView.From(actor);
        var look = _looks.GetOrAdd(
            view.Key, _ => new SharedTowerSnapshot(cancellation => looker.ReadAsync(view, cancellation), feed, system, log));
        return look.Watch(new Watcher(seen, failed));
    }

    internal sealed record Watcher(Action<TowerSnapshot> Seen, Action<Exception> Failed);
}
