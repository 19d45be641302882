using ControlTower.Core.Kernel;

namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>The TMS's latest answer about a shipment's load: accepted or declined.</summary>
internal static class TenderProjector
{
    public static void Apply(ShipmentView shipment, List<StateEntry> transport)
    {
        var accepted = Latest(shipment, transport, Milestones.ShipmentAccepted);
        var declined = Latest(shipment, transport, Milestones.ShipmentDeclined);
        var isDeclined = declined is not null && (accepted is null || StateEntryOrder.IsAfter(declined, accepted));
        shipment.AcceptedAt = isDeclined ? null : accepted?.Time;
        shipment.DeclinedAt = isDeclined ? declined!.Time : null;
        shipment.DeclineReason = isDeclined ? declined!.Data.Reason : null;
        shipment.Carrier = accepted?.Data.Carrier ?? shipment.Carrier;
    }

    private static StateEntry? Latest(ShipmentView shipment, List<StateEntry> transport, string milestone)
    {
        StateEntry? latest = null;
        foreach (var entry in transport)
        {
            if (entry.Milestone == milestone && TransportFacts.Covers(entry, shipment))
            {
                latest = latest is null || StateEntryOrder.IsAfter(entry, latest) ? entry : latest;
            }
        }

        return latest;
    }
}
