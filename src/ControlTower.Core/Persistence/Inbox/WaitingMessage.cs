namespace ControlTower.Core.Persistence.Inbox;

/// <summary>Every message that no worker has processed yet: arrivals and retried messages.</summary>
public sealed class WaitingMessage
{
    public long Id { get; init; }

    public required string Connector { get; init; }

    /// <summary>System time.</summary>
    public DateTimeOffset AcceptedAt { get; init; }

    public static IQueryable<WaitingMessage> From(TowerDbContext db) =>
        db.Arrivals.Select(a => new WaitingMessage { Id = a.MessageId, Connector = a.Connector, AcceptedAt = a.AcceptedAt })
            .Concat(db.Inbox.Where(m => m.State == InboxState.Pending)
            .Select(m => new WaitingMessage { Id = m.Id, Connector = m.Connector, AcceptedAt = m.AcceptedAt }));
}

internal static class Claimed
{
    /// <summary>These, followed by the messages that were claimed as arrivals.</summary>
    public static List<InboxMessage> With(this List<InboxMessage> again, List<InboxMessage> arrived)
    {
        foreach (var message in arrived)
        {
            (message.IsArrival, message.State) = (true, InboxState.Pending);
        }

        return [.. again, .. arrived];
    }
}
