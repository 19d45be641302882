namespace ControlTower.Core.Policies;

/// <summary>How long after its cause a milestone is expected, in hours of business time. Past it a condition opens; it
/// closes when the milestone comes.</summary>
public sealed record ClockPolicy
{
    public int AllocateHours { get; init; } = 24;

    public int PickHours { get; init; } = 48;

    public int PackHours { get; init; } = 48;

    public int ShipmentReadyHours { get; init; } = 48;

    /// <summary>Ship confirmation after the shipment was ready and its tender answered.</summary>
    public int ShipConfirmHours { get; init; } = 96;

    public int TenderAnswerHours { get; init; } = 12;

    public int GoodsIssueHours { get; init; } = 24;

    public int PickUpHours { get; init; } = 48;

    /// <summary>Grace from the ship confirmation until a shipment must have a tracking number.</summary>
    public int TrackingMissingHours { get; init; } = 12;

    /// <summary>Hours without a report of a shipment in transit.</summary>
    public int TrackingSilentHours { get; init; } = 96;

    public int ProofOfDeliveryHours { get; init; } = 72;

    /// <summary>Grace from the promised delivery until what has not arrived is a case; the order is late from the promise itself.</summary>
    public int PromiseOverdueHours { get; init; } = 4;

    public int InvoiceHours { get; init; } = 24;

    public int PostingHours { get; init; } = 24;

    public int CancellationHours { get; init; } = 24;
}
