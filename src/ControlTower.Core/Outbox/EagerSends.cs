using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace ControlTower.Core.Outbox;

/// <summary>
/// Commands that came with their lease and wait for the channel, in their order. Safe for many threads.
/// </summary>
internal sealed class EagerSends
{
    private readonly ConcurrentQueue<SendReservation> _waiting = new();

    public int Count => _waiting.Count;

    public bool IsEmpty => _waiting.IsEmpty;

    public void Add(SendReservation reservation) => _waiting.Enqueue(reservation);

    public bool TryTake([MaybeNullWhen(false)] out SendReservation reservation) => _waiting.TryDequeue(out reservation);

    /// <summary>All of them wait in the queue again.</summary>
    /// <returns>Whether there were any.</returns>
    public bool HandBack(string reason, TimeSpan? until)
    {
        var any = false;
        while (_waiting.TryDequeue(out var reservation))
        {
            reservation.HandBack(reason, until);
            any = true;
        }

        return any;
    }
}
