using System.Collections.Immutable;
using ControlTower.Core.Kernel.Signals;

namespace ControlTower.Web.Live;

/// <summary>
/// Distributes announcements to subscribers inside this process. Publishing never blocks or throws; each subscriber
/// gets combined changes one at a time, the next only when it is done with the last.
/// </summary>
public sealed class LiveFeed(TimeProvider time, ILogger<LiveFeed> log) : IAnnouncer
{
    /// <summary>Shortest time between two notifications of one subscriber.</summary>
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromMilliseconds(250);

    private ImmutableHashSet<LiveSubscription> _subscriptions = [];

    public void Announce(Change change) => Publish(LiveChange.From(change));

    /// <summary>
    /// Starts to notify <paramref name="onChange"/> of changes, on a thread of the pool; disposing the result stops it.
    /// </summary>
    /// <param name="every">At least 100 ms; without it <see cref="DefaultInterval"/>.</param>
    public IDisposable Subscribe(Func<LiveChange, Task> onChange, TimeSpan? every = null)
    {
        var interval = every ?? DefaultInterval;
        var subscription = new LiveSubscription(
            onChange, interval < LiveSubscription.Shortest ? LiveSubscription.Shortest : interval, time, log, Remove);
        ImmutableInterlocked.Update(ref _subscriptions, (set, added) => set.Add(added), subscription);
        return subscription;
    }

    internal int Subscribers => _subscriptions.Count;

    internal void Publish(LiveChange change)
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.Add(change);
        }
    }

    private void Remove(LiveSubscription subscription) =>
        ImmutableInterlocked.Update(ref _subscriptions, (set, removed) => set.Remove(removed), subscription);
}
