using ControlTower.Core.Facts;

namespace ControlTower.Core.Processes.SalesOrders;

/// <summary>
/// A transaction as people and rules see it: the facts of its state combined. Owners' facts only, except in the truth
/// table; quantities are cumulative, in the order line's unit. Built from the state each time; nothing here is stored.
/// </summary>
public sealed class OrderView
{
    /// <summary>The order as the ERP last stated it; null without an order fact.</summary>
    public OrderSnapshot? Order { get; internal init; }

    public string? ErpSystem { get; internal init; }

    public DateTimeOffset? AcceptedAt { get; internal init; }

    /// <summary>When the whole order was cancelled.</summary>
    public DateTimeOffset? CancelledAt { get; internal init; }

    public string? CancelReason { get; internal init; }

    public List<LineView> Lines { get; internal init; } = [];

    public List<HoldView> Holds { get; internal init; } = [];

    public List<FulfilmentView> Fulfilments { get; internal init; } = [];

    public List<ShipmentView> Shipments { get; internal init; } = [];

    public List<GoodsIssueView> GoodsIssues { get; internal init; } = [];

    public List<InvoiceView> Invoices { get; internal init; } = [];

    public List<PostingView> Postings { get; internal init; } = [];

    public List<CommandView> Commands { get; internal init; } = [];

    public List<TruthRow> TruthTable { get; internal init; } = [];

    /// <summary>Every number under which the order is known.</summary>
    public List<string> Identifiers { get; internal init; } = [];

    internal List<StateEntry> Conflicts { get; init; } = [];

    /// <summary>Carrier exceptions that belong to no shipment the tower knows yet.</summary>
    internal List<ExceptionView> LooseExceptions { get; init; } = [];

    /// <summary>Facts with a person's release each.</summary>
    internal List<StateEntry> ApprovalFacts { get; init; } = [];

    public LineView? FindLine(string line) => Lines.Find(l => l.Line == line);
}

/// <summary>An order line and how far each of its quantities has come.</summary>
public sealed class LineView
{
    public required string Line { get; init; }

    public required string Item { get; init; }

    public string? Description { get; init; }

    public required string Unit { get; init; }

    public required string Site { get; init; }

    public decimal? UnitPrice { get; init; }

    /// <summary>What the customer owes for the whole ordered quantity.</summary>
    public decimal Amount { get; init; }

    public decimal Ordered { get; init; }

    /// <summary>
    /// Some connector reports when goods of this site are delivered; only then is delivery a stage of its own.
    /// </summary>
    public bool DeliveryIsReported { get; init; }

    /// <summary>Cancelled by the ERP.</summary>
    public decimal Cancelled { get; internal set; }

    /// <summary>Missing in the warehouse and cancelled.</summary>
    public decimal ShortCancelled { get; internal set; }

    /// <summary>Missing in the warehouse and still owed.</summary>
    public decimal Backordered { get; internal set; }

    /// <summary>Missing and to be replaced by another item: a person decides.</summary>
    public decimal Substituted { get; internal set; }

    /// <summary>Requested from warehouses and accepted, less what they confirmed as cancelled.</summary>
    public decimal Released { get; internal set; }

    public decimal Allocated { get; internal set; }

    public decimal Picked { get; internal set; }

    public decimal Packed { get; internal set; }

    public decimal Staged { get; internal set; }

    public decimal Ready { get; internal set; }

    public decimal Shipped { get; internal set; }

    public decimal GoodsIssued { get; internal set; }

    public decimal PickedUp { get; internal set; }

    /// <summary>Handed over, damaged ones included.</summary>
    public decimal Delivered { get; internal set; }

    public decimal Refused { get; internal set; }

    public decimal Damaged { get; internal set; }

    public decimal Invoiced { get; internal set; }

    public decimal InvoicedAmount { get; internal set; }

    public decimal Posted { get; internal set; }

    /// <summary>Ordered and not cancelled.</summary>
    public decimal Commercial => Math.Max(0, Ordered - Cancelled);

    /// <summary>
    /// What the customer is still to get or has got: ordered less cancelled and missing for good. A shortage that the
    /// ERP has since taken out of the order counts once.
    /// </summary>
    public decimal Owed => Math.Max(0, Math.Min(Commercial, Math.Max(Released, Commercial) - ShortCancelled));
}

/// <param name="Stops">release, shipment, invoice or posting.</param>
/// <param name="Lines">The lines it stops; null for the whole order.</param>
/// <param name="Until">When it was released; null while it is active.</param>
public sealed record HoldView(
    string Id, string System, string Code, string? Reason, string Stops, IReadOnlyList<string>? Lines, DateTimeOffset Since,
    DateTimeOffset? Until)
{
    public bool IsActive => Until is null;
}

/// <summary>A milestone that some system reported as a fact.</summary>
public sealed record MilestoneView(
    string Milestone, DateTimeOffset At, string Connector, string EventId, string Subject, bool TimeIsReceipt)
{
    internal static MilestoneView From(StateEntry entry) =>
        new(entry.Milestone, entry.Time, entry.Connector, entry.Id, entry.Subject, entry.TimeFlag == 1);
}

/// <summary>A line of a document of this order.</summary>
public sealed record QuantityView(string Line, decimal Quantity);
