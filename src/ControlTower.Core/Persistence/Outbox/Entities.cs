using System.Text.Json.Serialization;
using ControlTower.Core.Kernel.Commands;

namespace ControlTower.Core.Persistence.Outbox;

/// <summary>A command that the tower wants carried out. Its content never changes under its key.</summary>
public sealed class OutboxCommand
{
    public long Id { get; set; }

    public long TransactionId { get; set; }

    /// <summary>Key of its transaction, where the deciding cycle passed it to a queue directly; not stored.</summary>
    public string? TransactionKey { get; init; }

    public required string Kind { get; set; }

    public required string Document { get; set; }

    public string? Part { get; set; }

    /// <summary>
    /// <c>{kind}:{document}:{slice}</c>; one command of a series has no final outcome at a time, per transaction.
    /// </summary>
    public required string Series { get; set; }

    public int Number { get; set; }

    /// <summary>Series and number: the Idempotency-Key.</summary>
    public required string Key { get; set; }

    /// <summary>Target connector; empty while none takes it.</summary>
    public required string Connector { get; set; }

    public string? Site { get; set; }

    public required string LegalEntity { get; set; }

    /// <summary>The exact bytes that are sent, a CloudEvents event: equal for every attempt.</summary>
    public required byte[] Body { get; set; }

    public required string ContentHash { get; set; }

    public decimal? Amount { get; set; }

    public string? Currency { get; set; }

    public CommandState State { get; set; }

    public CommandPriority Priority { get; set; }

    /// <summary>Dispatch priority in its connector's queue: the earlier goes first; a failure moves it back.</summary>
    public DateTimeOffset RankAt { get; set; }

    /// <summary>System time from which a sender may take it.</summary>
    public DateTimeOffset DueAt { get; set; }

    public string? LeaseOwner { get; set; }

    /// <summary>System time at which the outcome of an attempt in flight becomes unknown.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    public int Attempts { get; set; }

    /// <summary>Inconclusive lookups since the last attempt.</summary>
    public int Lookups { get; set; }

    public long PolicyVersion { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? SettledAt { get; set; }

    public string? ExternalId { get; set; }

    public string? ErrorCode { get; set; }

    public string? ErrorDetail { get; set; }

    public required string TraceParent { get; set; }
}

public enum CommandState : short
{
    /// <summary>Waits to be sent; may be withdrawn while it was never attempted.</summary>
    Pending = 0,

    /// <summary>An attempt is in flight.</summary>
    Sending = 1,

    /// <summary>The target accepted it.</summary>
    Accepted = 2,

    /// <summary>The target rejected it, without effect.</summary>
    Rejected = 3,

    /// <summary>It is no longer wanted and was never attempted.</summary>
    Withdrawn = 4,

    /// <summary>Recorded only: the mode is observe.</summary>
    Observed = 5,

    /// <summary>Its outcome is unknown and a person has to check (policy Never), or retries are used up.</summary>
    [JsonStringEnumMemberName("parked")]
    OutcomeUnknown = 6,

    /// <summary>A person or a lookup found that it never had an effect.</summary>
    Absent = 7,

    /// <summary>No connector takes it: it waits without a target until one is registered that does.</summary>
    Unrouted = 9,

    /// <summary>Its outcome is unknown; the tower looks it up in the target before anything is sent again.</summary>
    [JsonStringEnumMemberName("looking")]
    LookingUp = 8,
}

/// <summary>One sending, committed before its first byte.</summary>
public sealed class CommandAttempt
{
    public long Id { get; set; }

    public long CommandId { get; set; }

    public int Number { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public AttemptOutcome Outcome { get; set; }

    public int? HttpStatus { get; set; }

    public string? Detail { get; set; }
}

public enum AttemptOutcome : short
{
    UnderWay = 0,
    Accepted = 1,
    Rejected = 2,
    NotSent = 3,
    Throttled = 4,
    Unauthorised = 5,
    Unknown = 6,
    Cancelled = 7,

    /// <summary>Was unknown until a lookup or a person found that it had no effect.</summary>
    FoundAbsent = 8,
}
