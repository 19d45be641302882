using ControlTower.Sandbox.Orders;
using ControlTower.Sandbox.Wire;

namespace ControlTower.Sandbox.Services.Carriers;

/// <summary>The facts of the TMS and the carriers. A carrier knows its tracking number and nothing else.</summary>
internal sealed class CarrierFacts(Load load)
{
    private readonly Tender _tender = load.Tender;
    private readonly Region _region = Region.Named(load.Order.Region);

    public static Fact Accepted(Tender tender) => new(
        "shipment.accepted",
        tender.Load,
        tender.References.Only("order", "shipment").With("load", tender.Load).With("tracking", tender.Carrier, tender.Tracking),
        new { carrier = tender.Carrier, tracking = tender.Tracking });

    /// <summary>The instant in the region's local time.</summary>
    public DateTimeOffset Local(DateTimeOffset instant) => _region.Local(instant);

    public Fact Milestone(string milestone, string? location) => new(
        milestone, _tender.Tracking, Own(),
        new { carrier = _tender.Carrier, tracking = _tender.Tracking, location = location ?? load.Order.Customer.ShipTo.City });

    public Fact Proof() => new("delivery.pod", _tender.Tracking, Own(), new
    {
        carrier = _tender.Carrier,
        tracking = _tender.Tracking,
        pod = new { signedBy = "goods receipt", document = Numbers.After("POD", _tender.Tracking, 0) },
    });

    private References Own() => new References().With("tracking", _tender.Tracking);
}
