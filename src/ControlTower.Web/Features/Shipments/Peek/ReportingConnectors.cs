using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Web.Features.Shipments.Peek;

/// <summary>Which connector reports a shipment's transport.</summary>
internal static class ReportingConnectors
{
    private static readonly string[] Road = [Milestones.ShipmentPickedUp, Milestones.ShipmentDelivered];

    /// <summary>
    /// The one whose report came last; while there is none, those that report the road of its site, carriers before the
    /// TMS.
    /// </summary>
    public static IReadOnlyList<string> For(ShipmentView shipment, string legalEntity, SystemTopology topology)
    {
        var heard = shipment.Milestones.Where(milestone => topology.Find(milestone.Connector) is { } connector && OwnsRoad(connector))
            .MaxBy(milestone => milestone.At);
        return heard is not null
            ? [heard.Connector]
            : [.. topology.Connectors.Where(connector => Reports(connector, shipment.Site, legalEntity))
                .OrderByDescending(connector => connector.Role == Roles.Carrier).Select(connector => connector.Name)];
    }

    private static bool OwnsRoad(ConnectorProfile connector) => Road.Any(milestone => Milestones.Owns(connector.Role, milestone));

    private static bool Reports(ConnectorProfile connector, string? site, string legalEntity) =>
        Road.Any(milestone => connector.Reports.Contains(milestone, StringComparer.Ordinal) && Milestones.Owns(connector.Role, milestone))
        && Covers(connector.Sites, site) && Covers(connector.LegalEntities, legalEntity);

    private static bool Covers(IReadOnlyList<string> scope, string? value) =>
        scope.Count == 0 || (value is not null && scope.Contains(value, StringComparer.Ordinal));
}
