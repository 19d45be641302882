using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Kernel;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Persistence.Transactions;

/// <summary>One commercial intent: its merged state and the columns that lists show.</summary>
public sealed class TransactionRecord
{
    public long Id { get; set; }

    /// <summary><c>{erp connector}:{order number}</c>.</summary>
    public required string Key { get; set; }

    public required string ErpSystem { get; set; }

    public required string OrderNumber { get; set; }

    /// <summary>The merged state as JSON, see <see cref="TransactionState"/>; at most 64 KiB.</summary>
    public required string State { get; set; }

    /// <summary>The state to be written, in UTF-8; null when it stays as it is stored. Not a column.</summary>
    public byte[]? NewState { get; set; }

    /// <summary>Format of <see cref="State"/>; a node that meets a newer one hands the work back.</summary>
    public int StateFormat { get; set; }

    /// <summary>Raised by the engine with every write; concurrency token.</summary>
    public int Version { get; set; }

    public long PolicyVersion { get; set; }

    public TransactionStage Stage { get; set; }

    public TransactionHealth Health { get; set; }

    public string LegalEntity { get; set; } = "";

    public string? Region { get; set; }

    public string CustomerId { get; set; } = "";

    public string? CustomerName { get; set; }

    public string? Segment { get; set; }

    public string? Carrier { get; set; }

    public string Currency { get; set; } = "";

    public decimal Amount { get; set; }

    public decimal Invoiced { get; set; }

    public decimal Posted { get; set; }

    public decimal Held { get; set; }

    public bool Late { get; set; }

    public bool AtRisk { get; set; }

    public DateTimeOffset? OrderedAt { get; set; }

    public DateTimeOffset? RequestedDelivery { get; set; }

    public DateTimeOffset? ShippedAt { get; set; }

    public DateTimeOffset? DeliveredAt { get; set; }

    /// <summary>Business time at which it must be decided again because time passed; null when none.</summary>
    public DateTimeOffset? NextLookAt { get; set; }

    /// <summary>
    /// System time at which completed commands of it went to the archive: whoever decides it reads them there too. Null
    /// when all are in the outbox.
    /// </summary>
    public DateTimeOffset? CommandsArchivedAt { get; set; }

    /// <summary>System time of the last write.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Trace id (32 hex digits) carried from the first fact to the posting.</summary>
    public required string CorrelationId { get; set; }
}

/// <summary>A site that a transaction touches; rows scope what warehouse people see.</summary>
public sealed class TransactionSite
{
    public long TransactionId { get; set; }

    public required string Site { get; set; }
}

/// <summary>A fact in a transaction's history.</summary>
public sealed class TransactionEvent
{
    public long Id { get; set; }

    public long TransactionId { get; set; }

    public long MessageId { get; set; }

    public required string Connector { get; set; }

    public required string Milestone { get; set; }

    public required string Subject { get; set; }

    public long? Sequence { get; set; }

    /// <summary>Business time at which it happened.</summary>
    public DateTimeOffset Time { get; set; }

    /// <summary>System time at which it was merged.</summary>
    public DateTimeOffset RecordedAt { get; set; }

    /// <summary>The canonical fact as JSON: what a rebuild merges again.</summary>
    public required string Fact { get; set; }

    public bool Witness { get; set; }

    public bool Retracted { get; set; }
}

/// <summary>A number that some system uses; the row is the lock between linking and deferral.</summary>
public sealed class DocumentReference
{
    public long Id { get; set; }

    public required string Kind { get; set; }

    public required string Value
    {
        get;
        set => (field, Digits) = (value, InnerDigits.From(value));
    }

    /// <summary>
    /// See <see cref="InnerDigits"/>; empty when there are none. Null in a row that a version before 0.2.0 wrote, until
    /// housekeeping has filled it.
    /// </summary>
    public string? Digits { get; set; }
}

/// <summary>A known link from a number to a transaction. Several transactions may share a number (loads, collective invoices).</summary>
public sealed class ReferenceLink
{
    public long ReferenceId { get; set; }

    /// <summary>The connector that owns the number; empty where the owner is not known.</summary>
    public required string System { get; set; }

    public long TransactionId { get; set; }
}

/// <summary>
/// Whose order a transaction is. A table of its own, so that the rows of <see cref="TransactionRecord"/>, which are written with
/// every fact, need no further index, and orders of one customer share no row that is locked.
/// </summary>
public sealed class CustomerLink
{
    /// <summary>See <see cref="OrderCustomer.Id"/>.</summary>
    public long Customer { get; set; }

    public long TransactionId { get; set; }
}

/// <summary>By what a customer is found; written once, when its first order comes.</summary>
public sealed class CustomerWord
{
    /// <summary>Its number, or its name from one of the words on, see <see cref="CustomerText"/>.</summary>
    public required string Text { get; set; }

    public long Customer { get; set; }
}

/// <summary>A hold that is or was active.</summary>
public sealed class TransactionHold
{
    public long Id { get; set; }

    public long TransactionId { get; set; }

    public required string HoldKey { get; set; }

    /// <summary>commercial or billing.</summary>
    public required string Kind { get; set; }

    public required string Stops { get; set; }

    public required string Code { get; set; }

    public required string Reason { get; set; }

    public required string Document { get; set; }

    public string? Part { get; set; }

    public decimal? Amount { get; set; }

    public string? Currency { get; set; }

    public string? ContentHash { get; set; }

    /// <summary>List of <see cref="EvidenceItem"/> as JSON.</summary>
    public required string Evidence { get; set; }

    public DateTimeOffset Since { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }
}
