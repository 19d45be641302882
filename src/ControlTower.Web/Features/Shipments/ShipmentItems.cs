using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Processes.SalesOrders;
using ControlTower.Core.Processes.SalesOrders.Projection;

namespace ControlTower.Web.Features.Shipments;

/// <summary>The shipments of an order from its stored state.</summary>
internal static class ShipmentItems
{
    /// <summary>Those the list is about first, at the filter's site first, the longest unreported first.</summary>
    public static IReadOnlyList<ShipmentItem> From(string state, SystemTopology topology, ShipmentFilter filter) =>
    [
        .. OrderProjection.Project(TransactionState.FromJson(state), topology).Shipments.Select(Item)
            .OrderByDescending(item => IsAbout(item, filter.List))
            .ThenByDescending(item => filter.Site is null || item.Site == filter.Site)
            .ThenBy(item => item.LastReportAt ?? item.ShippedAt ?? DateTimeOffset.MaxValue)
            .ThenBy(item => item.Number, StringComparer.Ordinal),
    ];

    private static bool IsAbout(ShipmentItem item, ShipmentList list) => list switch
    {
        ShipmentList.WithoutProof => item is { DeliveredAt: not null, ProofAt: null },
        ShipmentList.WithoutTracking => item is { ArrivedAt: null, Trackings.Count: 0 },
        _ => item.ArrivedAt is null,
    };

    private static ShipmentItem Item(ShipmentView shipment) => new(
        shipment.Number, shipment.System, shipment.Site, shipment.Carrier, shipment.Trackings, ShipmentStates.StateOf(shipment),
        shipment.ShippedAt, shipment.EstimatedDelivery, shipment.DeliveredAt, shipment.Proof?.At, shipment.LastReportAt);
}
