using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;

namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>
/// Loads and tracking numbers of each shipment: from the answer to its tender, and from what the TMS and carriers
/// reference.
/// </summary>
internal static class ShipmentNumbers
{
    public static void Link(List<StateEntry> transport, List<CommandView> commands, List<ShipmentView> shipments)
    {
        foreach (var command in commands)
        {
            if (command is { Kind: CommandKinds.TenderShipment, Outcome: CommandOutcome.Accepted }
                && shipments.Find(shipment => shipment.Part == command.Part) is { } tendered)
            {
                LinkAnswer(command, tendered);
            }
        }

        // What one fact links, another may need: twice is enough for load → tracking → milestone.
        LinkFacts(transport, shipments);
        LinkFacts(transport, shipments);
    }

    private static void LinkAnswer(CommandView command, ShipmentView shipment)
    {
        foreach (var reference in command.References ?? [])
        {
            if (reference.Kind is ReferenceKinds.Tracking or ReferenceKinds.Load)
            {
                (reference.Kind == ReferenceKinds.Tracking ? shipment.Trackings : shipment.Loads).AddOnce(reference.Value);
            }
        }
    }

    private static void LinkFacts(List<StateEntry> transport, List<ShipmentView> shipments)
    {
        foreach (var entry in transport)
        {
            foreach (var shipment in shipments)
            {
                if (TransportFacts.Covers(entry, shipment))
                {
                    shipment.Loads.AddOnce(entry.Role == Roles.Tms ? entry.Subject : entry.Link(ReferenceKinds.Load));
                    shipment.Trackings.AddOnce(TransportFacts.TrackingOf(entry));
                }
            }
        }
    }
}
