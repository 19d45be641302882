using ControlTower.Core.Kernel;

namespace ControlTower.Core.Processes.SalesOrders;

/// <summary>A shipment travels in parts, under several numbers: what is said of it as a whole, and what of all its parts together.</summary>
internal sealed partial class ViewBuilder
{
    /// <summary>
    /// The milestone for the whole of a shipment: said of the shipment or its load, or of every tracking number and parcel it has. Its time is
    /// that of the last part. Null while a part is missing.
    /// </summary>
    private MilestoneView? Whole(ShipmentView shipment, string milestone)
    {
        var parts = PartsOf(shipment, milestone);
        if (parts is null)
        {
            return null;
        }

        var last = parts[0];
        foreach (var part in parts)
        {
            last = part.Time > last.Time ? part : last;
        }

        return MilestoneOf(last);
    }

    /// <summary>The facts that together cover a shipment, one for each part; null while they do not.</summary>
    private List<StateEntry>? PartsOf(ShipmentView shipment, string milestone)
    {
        StateEntry? whole = null;
        var parts = new List<StateEntry>(1);
        foreach (var entry in _road)
        {
            if (entry.Milestone != milestone || !Covers(entry, shipment))
            {
                continue;
            }

            if (TrackingOf(entry) is not { } tracking)
            {
                whole = Preferred(whole, entry);
                continue;
            }

            var index = parts.FindIndex(part => TrackingOf(part) == tracking);
            if (index < 0)
            {
                parts.Add(entry);
            }
            else
            {
                parts[index] = Preferred(parts[index], entry);
            }
        }

        return parts.Count > 0 && AreComplete(shipment, parts) ? parts : whole is null ? null : [whole];
    }

    /// <summary>The carrier's own word before its TMS's, that before a person's; of equals the earlier.</summary>
    private static StateEntry Preferred(StateEntry? existing, StateEntry other)
    {
        if (existing is null)
        {
            return other;
        }

        var byRole = Nearness(existing.Role).CompareTo(Nearness(other.Role));
        return byRole != 0 ? (byRole < 0 ? existing : other) : other.Time < existing.Time ? other : existing;
    }

    private static int Nearness(string role) => role switch
    {
        Roles.Carrier => 0,
        Roles.Tms => 1,
        _ => 2,
    };

    private static bool AreComplete(ShipmentView shipment, List<StateEntry> parts)
    {
        // One parcel travels under one number, however many systems gave it one.
        if (shipment.Parcels.Count == 1 || shipment.Trackings.Count <= 1)
        {
            return shipment.Parcels.Count <= 1 || ParcelsAreCovered(shipment, parts);
        }

        return shipment.Trackings.TrueForAll(tracking => parts.Exists(part => TrackingOf(part) == tracking)) && ParcelsAreCovered(shipment, parts);
    }

    /// <summary>A fact that lists no parcels speaks of all that its number covers.</summary>
    private static bool ParcelsAreCovered(ShipmentView shipment, List<StateEntry> parts) =>
        parts.Exists(part => part.Data.Parcels is not { Count: > 0 })
        || shipment.Parcels.TrueForAll(parcel => parts.Exists(part => part.Data.Parcels!.Contains(parcel)));
}
