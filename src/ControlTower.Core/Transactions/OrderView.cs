using ControlTower.Core.Canonical;
using ControlTower.Core.Connectors;

namespace ControlTower.Core.Transactions;

/// <summary>
/// A transaction as people and rules see it: the facts of its state put together. Owners' facts only, except in the truth table; quantities are cumulative, in
/// the order line's unit. Made anew from the state each time; nothing here is stored.
/// </summary>
public sealed class OrderView
{
    /// <summary>The order as the ERP last stated it; null while no order fact stands.</summary>
    public OrderSnapshot? Order { get; internal set; }

    public string? ErpSystem { get; internal set; }

    public DateTimeOffset? AcceptedAt { get; internal set; }

    /// <summary>When the whole order was cancelled.</summary>
    public DateTimeOffset? CancelledAt { get; internal set; }

    public string? CancelReason { get; internal set; }

    public List<LineView> Lines { get; } = [];

    public List<HoldView> Holds { get; } = [];

    public List<FulfilmentView> Fulfilments { get; } = [];

    public List<ShipmentView> Shipments { get; } = [];

    public List<GoodsIssueView> GoodsIssues { get; } = [];

    public List<InvoiceView> Invoices { get; } = [];

    public List<PostingView> Postings { get; } = [];

    public List<CommandView> Commands { get; } = [];

    public List<TruthRow> TruthTable { get; } = [];

    /// <summary>Every number under which the order is known.</summary>
    public List<string> Identifiers { get; } = [];

    internal List<Slot> Conflicts { get; } = [];

    /// <summary>Carrier exceptions that belong to no shipment the tower knows yet.</summary>
    internal List<ExceptionView> LooseExceptions { get; } = [];

    internal List<ApprovalSnapshot> Approvals { get; } = [];

    internal List<Slot> ApprovalFacts { get; } = [];

    public LineView? FindLine(string line) => Lines.Find(l => l.Line == line);

    /// <summary>Puts the view together. Pure.</summary>
    public static OrderView Project(TransactionState state, Landscape landscape) => new ViewBuilder(state, landscape).Build();
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

    /// <summary>Some connector tells when goods of this site are delivered; only then is delivery a stage of its own.</summary>
    public bool DeliveryIsReported { get; init; }

    /// <summary>Taken back by the ERP.</summary>
    public decimal Cancelled { get; internal set; }

    /// <summary>Missing in the warehouse and given up.</summary>
    public decimal ShortCancelled { get; internal set; }

    /// <summary>Missing in the warehouse and still owed.</summary>
    public decimal Backordered { get; internal set; }

    /// <summary>Missing and to be replaced by another item: a person decides.</summary>
    public decimal Substituted { get; internal set; }

    /// <summary>Asked of warehouses and accepted, less what they confirmed as cancelled.</summary>
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

    /// <summary>Ordered and not taken back.</summary>
    public decimal Commercial => Math.Max(0, Ordered - Cancelled);

    /// <summary>
    /// What the customer is still to get or has got: ordered less cancelled and given up. A shortage that the ERP has since taken out of the order counts once.
    /// </summary>
    public decimal Owed => Math.Max(0, Math.Min(Commercial, Math.Max(Released, Commercial) - ShortCancelled));
}

/// <param name="Stops">release, shipment, invoice or posting.</param>
/// <param name="Lines">The lines it stops; null for the whole order.</param>
/// <param name="Until">When it was released; null while it stands.</param>
public sealed record HoldView(
    string Id, string System, string Code, string? Reason, string Stops, IReadOnlyList<string>? Lines, DateTimeOffset Since, DateTimeOffset? Until)
{
    public bool Stands => Until is null;
}

/// <summary>A milestone that some system stated as a fact.</summary>
public sealed record MilestoneView(string Milestone, DateTimeOffset At, string Connector, string EventId, string Subject, bool TimeIsReceipt);

/// <summary>A line of a document of this order.</summary>
public sealed record QuantityView(string Line, decimal Quantity);

/// <summary>A warehouse's order, by its number there.</summary>
public sealed class FulfilmentView
{
    public required string System { get; init; }

    public required string Number { get; init; }

    public string? Site { get; internal set; }

    public List<MilestoneView> Milestones { get; } = [];

    /// <summary>What it was asked for, when the asking is known, else what its facts speak of.</summary>
    public List<QuantityView> Lines { get; } = [];

    /// <summary>What it confirmed as cancelled.</summary>
    public List<QuantityView> Cancelled { get; } = [];

    /// <summary>When the asking was accepted.</summary>
    public DateTimeOffset? ReleasedAt { get; internal set; }

    public DateTimeOffset? CancelledAt { get; internal set; }

    public DateTimeOffset? CancelRejectedAt { get; internal set; }

    public string? CancelReason { get; internal set; }

    /// <summary>Quantities of its steps, as each was last stated.</summary>
    internal List<(string Milestone, string Line, decimal Quantity)> Steps { get; } = [];

    /// <summary>What was not found of it.</summary>
    internal List<FactLine> Shorts { get; } = [];

    internal MilestoneView? Find(string milestone) => Milestones.Find(known => known.Milestone == milestone);

    internal decimal StepOf(string milestone, string line)
    {
        foreach (var step in Steps)
        {
            if (step.Milestone == milestone && step.Line == line)
            {
                return step.Quantity;
            }
        }

        return 0;
    }

    /// <summary>What it has still to handle of a line: asked, less what was cancelled or not found.</summary>
    internal decimal ExpectedOf(QuantityView line)
    {
        var expected = line.Quantity;
        foreach (var cancelled in Cancelled)
        {
            expected -= cancelled.Line == line.Line ? cancelled.Quantity : 0;
        }

        foreach (var missing in Shorts)
        {
            expected -= missing.Line == line.Line ? missing.Missing ?? 0 : 0;
        }

        return Math.Max(0, expected);
    }
}

/// <summary>A carrier's exception on a shipment.</summary>
public sealed record ExceptionView(string Kind, bool IsOpen, string? Reason, DateTimeOffset At, string Connector, string EventId, string Subject);

/// <summary>What was presented of a line and what became of it.</summary>
public sealed record ProofLineView(string Line, decimal Delivered, decimal Refused, decimal Damaged);

/// <summary>Proof of delivery that covers the whole shipment.</summary>
public sealed record ProofView(DateTimeOffset At, string Connector, string EventId, string? SignedBy, string? Document, IReadOnlyList<ProofLineView> Lines);

/// <summary>A shipment of a warehouse, and what the road says of it.</summary>
public sealed class ShipmentView
{
    public required string System { get; init; }

    public required string Number { get; init; }

    public string? Site { get; internal set; }

    public string? Fulfilment { get; internal set; }

    public string? Carrier { get; internal set; }

    /// <summary>Loads of the TMS that carry it.</summary>
    public List<string> Loads { get; } = [];

    public List<string> Trackings { get; } = [];

    public List<string> Parcels { get; } = [];

    /// <summary>This order's lines: as shipped, or as built while not confirmed.</summary>
    public List<QuantityView> Lines { get; } = [];

    /// <summary>All that was said of it, earliest first, the sender's sub-documents (tracking numbers) each on their own.</summary>
    public List<MilestoneView> Milestones { get; } = [];

    public List<ExceptionView> Exceptions { get; } = [];

    public DateTimeOffset? ReadyAt { get; internal set; }

    public DateTimeOffset? AcceptedAt { get; internal set; }

    public DateTimeOffset? DeclinedAt { get; internal set; }

    public string? DeclineReason { get; internal set; }

    /// <summary>The warehouse's ship confirmation.</summary>
    public DateTimeOffset? ShippedAt { get; internal set; }

    /// <summary>When the last of it was picked up; null while a part is not.</summary>
    public DateTimeOffset? PickedUpAt { get; internal set; }

    /// <summary>When the last of it was delivered; null while a part is not.</summary>
    public DateTimeOffset? DeliveredAt { get; internal set; }

    /// <summary>The carrier's latest estimate; never progress.</summary>
    public DateTimeOffset? EstimatedDelivery { get; internal set; }

    public ProofView? Proof { get; internal set; }

    /// <summary>Latest thing the road said of it.</summary>
    public DateTimeOffset? LastNewsAt { get; internal set; }

    public DateTimeOffset? GoodsIssuedAt { get; internal set; }

    /// <summary>The first order (by number) of those it carries tenders it, so that it is tendered once.</summary>
    internal bool TendersHere { get; set; } = true;

    /// <summary>Number under which its commands go: its own, made unique where two warehouses use the same.</summary>
    internal string Slice { get; set; } = "";

    /// <summary>The carrier the warehouse built it for, whatever was found later.</summary>
    internal string? BuiltFor { get; set; }

    /// <summary>As built: what a tender speaks of, whatever shipped.</summary>
    internal List<QuantityView> BuiltLines { get; } = [];

    internal MilestoneView? PickUp { get; set; }

    internal MilestoneView? Delivery { get; set; }

    internal GoodsIssueView? GoodsIssue { get; set; }

    internal decimal QuantityOf(string line)
    {
        foreach (var quantity in Lines)
        {
            if (quantity.Line == line)
            {
                return quantity.Quantity;
            }
        }

        return 0;
    }
}

/// <param name="Lines">Null when the ERP did not say: all that was shipped.</param>
public sealed record GoodsIssueView(
    string System, string Number, string? Shipment, DateTimeOffset At, DateOnly? PostingDate, string EventId, IReadOnlyList<QuantityView>? Lines);

/// <summary>An invoice that billing issued.</summary>
public sealed class InvoiceView
{
    public required string System { get; init; }

    public required string Number { get; init; }

    public required string Currency { get; init; }

    public required decimal Net { get; init; }

    public decimal? Tax { get; init; }

    public required decimal Total { get; init; }

    public IReadOnlyList<InvoiceLine>? Lines { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public DateTimeOffset? CancelledAt { get; internal set; }

    /// <summary>The shipment it bills, when that is known.</summary>
    public string? Shipment { get; internal set; }

    public string? Site { get; internal set; }

    /// <summary>Key of the command that asked for it; null for one nobody asked for.</summary>
    public string? CommandKey { get; internal set; }

    public decimal? AskedNet { get; internal set; }

    public bool Differs { get; internal set; }

    /// <summary>The posting that stands for it.</summary>
    public string? Posting { get; internal set; }

    internal CommandView? Ask { get; set; }
}

/// <summary>A journal posting of the ERP.</summary>
public sealed class PostingView
{
    public required string System { get; init; }

    public required string Document { get; init; }

    public string? Invoice { get; internal set; }

    public decimal? Net { get; internal set; }

    public decimal Total { get; init; }

    public required string Currency { get; init; }

    public DateOnly? PostingDate { get; init; }

    public required DateTimeOffset PostedAt { get; init; }

    public DateTimeOffset? ReversedAt { get; internal set; }

    /// <summary>Its figures are not those of its invoice.</summary>
    public bool Differs { get; internal set; }
}

/// <summary>What became of a command, as far as it is settled.</summary>
public enum CommandOutcome
{
    /// <summary>May or may not have had its effect.</summary>
    Unknown,

    /// <summary>Never had an effect.</summary>
    Absent,

    /// <summary>Refused, without effect.</summary>
    Rejected,

    /// <summary>Taken, and later said to be impossible: without effect.</summary>
    Failed,
    Accepted,
}

public sealed class CommandView
{
    public required string Key { get; init; }

    public required string Stem { get; init; }

    public required string Kind { get; init; }

    public required string Document { get; init; }

    public string? Slice { get; init; }

    public required int Number { get; init; }

    public CommandOutcome Outcome { get; internal set; }

    /// <summary>A person asked to try it again.</summary>
    public bool IsReplayed { get; internal set; }

    public string? ContentHash { get; internal set; }

    public string? ExternalId { get; internal set; }

    public string? Code { get; internal set; }

    public string? Reason { get; internal set; }

    /// <summary>When its outcome was settled.</summary>
    public DateTimeOffset At { get; internal set; }

    public IReadOnlyList<FactLine>? Lines { get; internal set; }

    public decimal? Net { get; internal set; }

    public string? Stage { get; internal set; }

    /// <summary>The system whose number <see cref="ExternalId"/> is.</summary>
    public string? System { get; internal set; }

    internal IReadOnlyList<Reference>? References { get; set; }
}

/// <summary>What one system last said of the order.</summary>
/// <param name="LastStatus">Milestone it stated last.</param>
/// <param name="Quantity">Total quantity of the furthest thing it knows: ordered, shipped, delivered.</param>
/// <param name="Amount">Net amount it knows: ordered, invoiced, posted.</param>
/// <param name="Differs">It disagrees with the owner of what it speaks of.</param>
public sealed record TruthRow(
    string System, string Role, string LastStatus, decimal? Quantity, decimal? Amount, DateTimeOffset LastHeard, bool Differs);
