using System.Text.Json.Serialization;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Web.Features.Transactions.Detail;

/// <summary>
/// One order's whole history: what each system reports of it, what the tower requested, what holds it and who did what.
/// </summary>
public sealed record TransactionDetail
{
    [JsonIgnore]
    public TransactionRow Row { get; init; } = null!;

    /// <summary>The view of the state, for the page; the API shows it as <see cref="State"/>.</summary>
    [JsonIgnore]
    public OrderView View { get; init; } = null!;

    public string Key => Row.Key;

    public string OrderNumber => Row.OrderNumber;

    public TransactionStage Stage => Row.Stage;

    public TransactionHealth Health => Row.Health;

    public required string LegalEntity { get; init; }

    public IReadOnlyList<string> Sites => Row.Sites;

    public string? Region => Row.Region;

    public string? Customer => Row.Customer;

    public string Currency => Row.Currency;

    public decimal Amount => Row.Amount;

    public decimal Invoiced => Row.Invoiced;

    public decimal Posted => Row.Posted;

    public decimal Held => Row.Held;

    public bool Late => Row.Late;

    public bool AtRisk => Row.AtRisk;

    public DateTimeOffset? OrderedAt => Row.OrderedAt;

    public DateTimeOffset? RequestedDelivery => Row.RequestedDelivery;

    public DateTimeOffset? ShippedAt => Row.ShippedAt;

    public DateTimeOffset? DeliveredAt => Row.DeliveredAt;

    public DateTimeOffset UpdatedAt => Row.UpdatedAt;

    /// <summary>Trace id from the first fact to the posting.</summary>
    public required string CorrelationId { get; init; }

    /// <summary>Raised with every change.</summary>
    public required int Version { get; init; }

    public OrderState State => OrderState.From(View);

    /// <summary>What each system last reported; a deviating one is marked.</summary>
    public IReadOnlyList<TruthRow> TruthTable => View.TruthTable;

    public required IReadOnlyList<DocumentNode> Documents { get; init; }

    public required IReadOnlyList<DocumentLink> Links { get; init; }

    public required IReadOnlyList<EventItem> Events { get; init; }

    public required IReadOnlyList<CommandItem> Commands { get; init; }

    public required IReadOnlyList<HoldItem> Holds { get; init; }

    public required IReadOnlyList<CaseItem> Cases { get; init; }

    public required IReadOnlyList<ApprovalItem> Approvals { get; init; }

    public required IReadOnlyList<AuditItem> Audit { get; init; }

    /// <summary>What the caller could do, and why not what they can not.</summary>
    public required IReadOnlyList<PossibleAction> Actions { get; init; }

    /// <summary>The sites with their names and time zones.</summary>
    public required IReadOnlyList<SiteItem> Places { get; init; }

    /// <summary>Time zone of that site; of the order's first site without one.</summary>
    internal string? ZoneOf(string? site) =>
        (Places.FirstOrDefault(s => s.Code == site) ?? (Places.Count > 0 ? Places[0] : null))?.TimeZone;
}

/// <summary>The current order and its documents.</summary>
/// <param name="Order">As the ERP last stated it; null while it has not.</param>
public sealed record OrderState(
    OrderSnapshot? Order,
    DateTimeOffset? AcceptedAt,
    DateTimeOffset? CancelledAt,
    IReadOnlyList<LineView> Lines,
    IReadOnlyList<FulfilmentView> Fulfilments,
    IReadOnlyList<ShipmentView> Shipments,
    IReadOnlyList<GoodsIssueView> GoodsIssues,
    IReadOnlyList<InvoiceView> Invoices,
    IReadOnlyList<PostingView> Postings)
{
    internal static OrderState From(OrderView view) => new(
        view.Order, view.AcceptedAt, view.CancelledAt, view.Lines, view.Fulfilments, view.Shipments, view.GoodsIssues, view.Invoices,
        view.Postings);
}
