using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Outbox;

namespace ControlTower.Core.Persistence.Housekeeping;

/// <summary>
/// Records for ever that an event was accepted: its message has left the inbox, and the same event is still a duplicate
/// or a conflict.
/// </summary>
public sealed class SeenEvent
{
    public required string Connector { get; set; }

    /// <summary>As <see cref="InboxMessage.DedupeKey"/>.</summary>
    public required byte[] DedupeKey { get; set; }

    public required byte[] ContentHash { get; set; }

    public long MessageId { get; set; }
}

/// <summary>
/// A completed message, out of the inbox, with its payload packed. Removed when its kind's retention time is over; the
/// canonical fact stays in the events.
/// </summary>
public sealed class ArchivedMessage
{
    /// <summary>The message's.</summary>
    public long Id { get; set; }

    public required string Connector { get; set; }

    public required string Source { get; set; }

    public required string EventId { get; set; }

    public required string Type { get; set; }

    public string? Subject { get; set; }

    public InboxState State { get; set; }

    public DateTimeOffset ReceivedAt { get; set; }

    public DateTimeOffset AcceptedAt { get; set; }

    public DateTimeOffset? ProcessedAt { get; set; }

    /// <summary>System time at which it was copied here; it leaves the inbox a while later.</summary>
    public DateTimeOffset ArchivedAt { get; set; }

    /// <summary>Brotli over the event as sent.</summary>
    public required byte[] Payload { get; set; }
}

/// <summary>
/// A completed command of a transaction that has come to its end, out of the outbox. Stays: its key is never used
/// again.
/// </summary>
public sealed class ArchivedCommand
{
    /// <summary>The command's.</summary>
    public long Id { get; set; }

    public long TransactionId { get; set; }

    public required string Kind { get; set; }

    public required string Series { get; set; }

    public int Number { get; set; }

    public required string Key { get; set; }

    public required string Connector { get; set; }

    public string? Site { get; set; }

    public required string ContentHash { get; set; }

    public decimal? Amount { get; set; }

    public string? Currency { get; set; }

    public CommandState State { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset DueAt { get; set; }

    public DateTimeOffset? SettledAt { get; set; }

    public string? ExternalId { get; set; }

    public string? ErrorCode { get; set; }

    public string? ErrorDetail { get; set; }

    /// <summary>
    /// Brotli over body and attempts, see <see cref="CompressedPayload"/>; null when its kind's retention time is over.
    /// </summary>
    public byte[]? Body { get; set; }

    /// <summary>Its attempts as JSON, packed.</summary>
    public required byte[] AttemptList { get; set; }
}

/// <summary>Whose turn a job is: one owner does it, another takes over when that one is gone. No row: nobody's.</summary>
public sealed class JobLease
{
    public required string Name { get; set; }

    public required string Owner { get; set; }

    /// <summary>By the database's clock.</summary>
    public DateTimeOffset Until { get; set; }
}
