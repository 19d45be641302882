using ControlTower.Sandbox.Orders;

namespace ControlTower.Sandbox.Services.Carriers;

/// <summary>A load in transit: the last milestone reported, and the delivery.</summary>
internal sealed class Load(Tender tender, SalesOrder order)
{
    public Tender Tender => tender;

    public SalesOrder Order => order;

    public DateTimeOffset? AcceptedAt { get; set; }

    public DateTimeOffset? PickedUpAt { get; set; }

    public DateTimeOffset? DeliveredAt { get; set; }

    public DateTimeOffset? ProofAt { get; set; }
}
