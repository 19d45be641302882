using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Web.Features.Shipments;

/// <summary>How far one shipment has come.</summary>
public enum ShipmentState
{
    Ready,
    Shipped,
    UnderWay,

    /// <summary>A carrier's exception is open.</summary>
    Stopped,
    Delivered,

    /// <summary>Its proof of delivery is there.</summary>
    Proven,
}

internal static class ShipmentStates
{
    public static ShipmentState StateOf(ShipmentView shipment) =>
        shipment.Exceptions.Exists(exception => exception.IsOpen) ? ShipmentState.Stopped
        : shipment.Proof is not null ? ShipmentState.Proven
        : shipment.DeliveredAt is not null ? ShipmentState.Delivered
        : shipment.PickedUpAt is not null ? ShipmentState.UnderWay
        : shipment.ShippedAt is not null ? ShipmentState.Shipped
        : ShipmentState.Ready;
}
