using System.Text.Json.Serialization;

namespace ControlTower.Core.Processes.SalesOrders;

/// <summary>A shipment of a warehouse, and what TMS and carriers report of it.</summary>
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

    /// <summary>
    /// All that was reported of it, earliest first, the sender's sub-documents (tracking numbers) separately.
    /// </summary>
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

    /// <summary>Time of the latest transport report.</summary>
    [JsonPropertyName("lastNewsAt")]
    public DateTimeOffset? LastReportAt { get; internal set; }

    public DateTimeOffset? GoodsIssuedAt { get; internal set; }

    /// <summary>The first order (by number) of those it carries tenders it, so that it is tendered once.</summary>
    internal bool TendersHere { get; set; } = true;

    /// <summary>The number in its commands' keys: its own, made unique where two warehouses use the same.</summary>
    internal string Part { get; set; } = "";

    /// <summary>The carrier the warehouse built it for, even if another was found later.</summary>
    internal string? BuiltFor { get; set; }

    /// <summary>As built: the content of a tender, whatever shipped.</summary>
    internal List<QuantityView> BuiltLines { get; } = [];

    /// <summary>When it was delivered or, where only the proof of delivery shows it, the time of the proof.</summary>
    internal DateTimeOffset? ArrivedAt => DeliveredAt ?? Proof?.At;

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

/// <summary>A carrier's exception on a shipment.</summary>
public sealed record ExceptionView(
    string Kind, bool IsOpen, string? Reason, DateTimeOffset At, string Connector, string EventId, string Subject)
{
    internal static ExceptionView From(StateEntry entry)
    {
        var exception = entry.Data.Exception!;
        return new(exception.Kind, exception.State == "open", exception.Reason, entry.Time, entry.Connector, entry.Id, entry.Subject);
    }
}

/// <summary>Proof of delivery that covers the whole shipment.</summary>
public sealed record ProofView(
    DateTimeOffset At, string Connector, string EventId, string? SignedBy, string? Document, IReadOnlyList<ProofLineView> Lines);

/// <summary>What was presented of a line and the result.</summary>
public sealed record ProofLineView(string Line, decimal Delivered, decimal Refused, decimal Damaged);

/// <param name="Lines">Null when the ERP did not state them: all that was shipped.</param>
public sealed record GoodsIssueView(
    string System, string Number, string? Shipment, DateTimeOffset At, DateOnly? PostingDate, string EventId,
    IReadOnlyList<QuantityView>? Lines);
