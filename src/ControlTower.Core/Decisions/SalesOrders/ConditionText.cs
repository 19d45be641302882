using System.Globalization;
using ControlTower.Core.Kernel;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Decisions.SalesOrders;

/// <summary>Texts that conditions share.</summary>
internal static class ConditionText
{
    /// <summary>A day as people write it: 3 May.</summary>
    public static string Day(DateTimeOffset instant) => instant.ToString("d MMMM", CultureInfo.InvariantCulture);

    /// <summary>The connector that reports the shipment's transport.</summary>
    public static string? TransportOf(ShipmentView shipment)
    {
        for (var i = shipment.Milestones.Count - 1; i >= 0; i--)
        {
            var owners = Milestones.OwnersOf(shipment.Milestones[i].Milestone);
            if (owners.Contains(Roles.Carrier))
            {
                return shipment.Milestones[i].Connector;
            }
        }

        return null;
    }
}
