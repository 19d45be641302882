using ControlTower.Core.Kernel;

namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>
/// A shipment travels in parts, under several numbers: what is reported of it as a whole, and what of all its parts
/// together.
/// </summary>
internal static class ShipmentParts
{
    /// <summary>
    /// The milestone for the whole of a shipment: reported of the shipment or its load, or of every tracking number
    /// and parcel it has. Its time is that of the last part. Null while a part is missing.
    /// </summary>
    public static MilestoneView? Whole(ShipmentView shipment, List<StateEntry> transport, string milestone) =>
        Find(shipment, transport, milestone) is { } parts ? MilestoneView.From(Last(parts)) : null;

    /// <summary>The facts that together cover a shipment, one for each part; null while they do not.</summary>
    public static List<StateEntry>? Find(ShipmentView shipment, List<StateEntry> transport, string milestone)
    {
        StateEntry? whole = null;
        List<StateEntry>? parts = null;
        foreach (var entry in transport)
        {
            if (entry.Milestone != milestone || !TransportFacts.Covers(entry, shipment))
            {
                continue;
            }

            if (TransportFacts.TrackingOf(entry) is { } tracking)
            {
                AddPart(parts ??= new List<StateEntry>(1), entry, tracking);
            }
            else
            {
                whole = Preferred(whole, entry);
            }
        }

        return parts is not null && AreComplete(shipment, parts) ? parts : whole is null ? null : [whole];
    }

    public static StateEntry Last(List<StateEntry> parts)
    {
        var last = parts[0];
        foreach (var part in parts)
        {
            last = part.Time > last.Time ? part : last;
        }

        return last;
    }

    private static void AddPart(List<StateEntry> parts, StateEntry entry, string tracking)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            if (TransportFacts.TrackingOf(parts[i]) == tracking)
            {
                parts[i] = Preferred(parts[i], entry);
                return;
            }
        }

        parts.Add(entry);
    }

    /// <summary>The carrier's own report before its TMS's, that before a person's; of equals the earlier.</summary>
    private static StateEntry Preferred(StateEntry? existing, StateEntry other)
    {
        if (existing is null)
        {
            return other;
        }

        var byRole = Distance(existing.Role).CompareTo(Distance(other.Role));
        return byRole != 0 ? (byRole < 0 ? existing : other) : other.Time < existing.Time ? other : existing;
    }

    /// <summary>How far the sender is from the goods.</summary>
    private static int Distance(string role) => role switch
    {
        Roles.Carrier => 0,
        Roles.Tms => 1,
        _ => 2,
    };

    private static bool AreComplete(ShipmentView shipment, List<StateEntry> parts)
    {
        // One parcel travels under one number, however many systems gave it one.
        return shipment.Parcels.Count == 1 || (CoverNumbers(parts, shipment) && CoverParcels(parts, shipment));
    }

    private static bool CoverNumbers(List<StateEntry> parts, ShipmentView shipment) => shipment.Trackings.Count <= 1
        || shipment.Trackings.TrueForAll(tracking => parts.Exists(part => TransportFacts.TrackingOf(part) == tracking));

    /// <summary>A fact that lists no parcels covers all that its number covers.</summary>
    private static bool CoverParcels(List<StateEntry> parts, ShipmentView shipment) =>
        parts.Exists(static part => part.Data.Parcels is not { Count: > 0 })
        || shipment.Parcels.TrueForAll(parcel => parts.Exists(part => part.Data.Parcels!.Contains(parcel)));
}
