using System.Text.Json.Serialization;

namespace ControlTower.Core.Persistence.Inbox;

/// <summary>
/// An event as it arrived, durably stored before its sender gets a response. Never lost: applied, recorded duplicate,
/// deferred or an open exception.
/// </summary>
public sealed class InboxMessage
{
    public long Id { get; set; }

    public required string Connector { get; set; }

    public required string Source { get; set; }

    public required string EventId { get; set; }

    /// <summary>SHA-256 over source, a zero byte and id; unique with the connector, for ever.</summary>
    public required byte[] DedupeKey { get; set; }

    /// <summary>SHA-256 over the event in canonical JSON.</summary>
    public required byte[] ContentHash { get; set; }

    /// <summary>The event as sent, UTF-8 JSON.</summary>
    public required byte[] Payload { get; set; }

    /// <summary>CloudEvents type as sent.</summary>
    public required string Type { get; set; }

    public string? Subject { get; set; }

    /// <summary>
    /// The result of processing. A message that just arrived is stored as applied, which nearly all will be, and is
    /// pending for as long as its <see cref="Arrival"/> exists: so the row, which is large and has many indexes, need
    /// not be written again when it is applied.
    /// </summary>
    public InboxState State { get; set; }

    /// <summary>It was claimed as an arrival: its row is applied already.</summary>
    public bool IsArrival { get; set; }

    /// <summary>System time from which a worker may take it.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>Failed tries to process it.</summary>
    public int Attempts { get; set; }

    /// <summary>Receipt in business time: what a missing <c>time</c> becomes.</summary>
    public DateTimeOffset ReceivedAt { get; set; }

    /// <summary>Receipt in system time: what latency is measured from.</summary>
    public DateTimeOffset AcceptedAt { get; set; }

    public DateTimeOffset? DeferredSince { get; set; }

    /// <summary>When processing ended, unless it was applied on arrival: its event has that time.</summary>
    public DateTimeOffset? ProcessedAt { get; set; }

    /// <summary>W3C traceparent of its arrival; the first fact's trace id becomes the transaction's correlation id.</summary>
    public string? TraceParent { get; set; }

    /// <summary>Why it was ignored, in one sentence.</summary>
    public string? Note { get; set; }
}

public enum InboxState : short
{
    /// <summary>Waits for a worker.</summary>
    Pending = 0,

    /// <summary>Merged into every transaction it is about.</summary>
    Applied = 1,

    /// <summary>Waits for a link between its references and a transaction.</summary>
    [JsonStringEnumMemberName("parked")]
    Deferred = 2,

    /// <summary>Could not be mapped or processed: an exception case is open.</summary>
    Failed = 3,

    /// <summary>Its sender retracted it before it was merged.</summary>
    Retracted = 4,

    /// <summary>A person decided that it shall not be applied; the case records who and why.</summary>
    Discarded = 5,

    /// <summary>
    /// Read, and found to be irrelevant to the tower; the note records why. It is kept like any other.
    /// </summary>
    Ignored = 6,
}

/// <summary>
/// A message that arrived and that no worker has processed yet: inserted with the message, deleted by the cycle that
/// processes it, claimed in the order of its number. A retried message is pending by its own state.
/// </summary>
public sealed class Arrival
{
    public long MessageId { get; set; }

    public required string Connector { get; set; }

    /// <summary>As <see cref="InboxMessage.ReceivedAt"/>: no clock may pass it.</summary>
    public DateTimeOffset ReceivedAt { get; set; }

    /// <summary>As <see cref="InboxMessage.AcceptedAt"/>: since when it waits.</summary>
    public DateTimeOffset AcceptedAt { get; set; }
}

/// <summary>
/// A retraction reported by a connector; effective whether the retracted event came before or comes after.
/// </summary>
public sealed class Retraction
{
    public required string Connector { get; set; }

    /// <summary>Dedupe key of the retracted event.</summary>
    public required byte[] DedupeKey { get; set; }

    /// <summary>The message that retracted it.</summary>
    public long ByMessageId { get; set; }
}

/// <summary>A message that waits for a number to be linked.</summary>
public sealed class DeferredReference
{
    public long ReferenceId { get; set; }

    public long MessageId { get; set; }
}
