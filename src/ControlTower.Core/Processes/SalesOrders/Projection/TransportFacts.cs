using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;

namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>What TMS, carriers and people report of the transport, and which shipments it is about.</summary>
internal static class TransportFacts
{
    public static List<StateEntry> Select(StateEntries facts)
    {
        var transport = new List<StateEntry>();
        foreach (var entry in facts.All)
        {
            var isTransport = entry.Role is Roles.Tms or Roles.Carrier or Roles.People
                && (entry.Milestone.StartsWith("shipment.", StringComparison.Ordinal) || entry.Milestone == Milestones.DeliveryPod);
            if (isTransport && entry.IsOwner)
            {
                transport.Add(entry);
            }
        }

        return transport;
    }

    /// <summary>A carrier's subject is its tracking number.</summary>
    public static string? TrackingOf(StateEntry entry) => entry.Role == Roles.Carrier ? entry.Subject : entry.Data.Tracking;

    /// <summary>Whether one of its references is the shipment, or a load or tracking number of it.</summary>
    public static bool Covers(StateEntry entry, ShipmentView shipment)
    {
        for (var i = 0; i < entry.References?.Count; i++)
        {
            if (IsOf(entry.References[i], shipment))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOf(Reference reference, ShipmentView shipment) => reference.Kind switch
    {
        ReferenceKinds.Shipment => reference.Value == shipment.Number && (reference.System is null || reference.System == shipment.System),
        ReferenceKinds.Load => shipment.Loads.Contains(reference.Value),
        ReferenceKinds.Tracking => shipment.Trackings.Contains(reference.Value),
        _ => false,
    };
}
