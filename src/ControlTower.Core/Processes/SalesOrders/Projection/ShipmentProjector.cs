using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;

namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>Shipments as warehouses built and confirmed them.</summary>
internal static class ShipmentProjector
{
    public static List<ShipmentView> Project(StateEntries facts, CommercialOrder order, List<FulfilmentView> fulfilments)
    {
        var shipments = new List<ShipmentView>();
        foreach (var entry in facts.Owned(Milestones.ShipmentReady))
        {
            AddBuilt(FindOrAdd(shipments, entry), entry, order);
        }

        foreach (var entry in facts.Owned(Milestones.ShipmentShipped))
        {
            AddShipped(FindOrAdd(shipments, entry), entry, order);
        }

        // A load's shipment without a line of this order is another order's.
        shipments.RemoveAll(static shipment => shipment.Lines.Count == 0);
        shipments.Sort(ByTime);
        NameParts(shipments);
        foreach (var shipment in shipments)
        {
            shipment.Site ??= fulfilments.Find(known => known.Number == shipment.Fulfilment)?.Site
                ?? order.FindLine(shipment.Lines[0].Line)?.Site;
        }

        return shipments;
    }

    private static ShipmentView FindOrAdd(List<ShipmentView> shipments, StateEntry entry)
    {
        foreach (var known in shipments)
        {
            if (known.System == entry.Connector && known.Number == entry.Subject)
            {
                return known;
            }
        }

        var shipment = new ShipmentView { System = entry.Connector, Number = entry.Subject };
        shipments.Add(shipment);
        return shipment;
    }

    private static void AddBuilt(ShipmentView shipment, StateEntry entry, CommercialOrder order)
    {
        AddContent(shipment, entry, order);
        shipment.ReadyAt = entry.Time;
        shipment.BuiltFor = entry.Data.Carrier;
        shipment.BuiltLines.AddRange(shipment.Lines);
    }

    private static void AddShipped(ShipmentView shipment, StateEntry entry, CommercialOrder order)
    {
        AddContent(shipment, entry, order);
        shipment.ShippedAt = entry.Time;
    }

    private static void AddContent(ShipmentView shipment, StateEntry entry, CommercialOrder order)
    {
        shipment.Milestones.Add(MilestoneView.From(entry));
        shipment.Site = entry.Data.Site ?? shipment.Site;
        shipment.Carrier = entry.Data.Carrier ?? shipment.Carrier;
        shipment.Fulfilment = entry.Link(ReferenceKinds.Fulfilment) ?? shipment.Fulfilment;
        shipment.Trackings.AddOnce(entry.Data.Tracking);
        foreach (var parcel in entry.Data.Parcels ?? [])
        {
            shipment.Parcels.AddOnce(parcel);
        }

        ReplaceLines(shipment, entry, order);
    }

    /// <summary>What was confirmed replaces what was built.</summary>
    private static void ReplaceLines(ShipmentView shipment, StateEntry entry, CommercialOrder order)
    {
        shipment.Lines.Clear();
        foreach (var line in entry.Data.Lines ?? [])
        {
            if (order.Includes(line))
            {
                shipment.Lines.Add(line.Line, line.Quantity ?? 0);
            }

            if (line.Order is { } other && order.Snapshot is { } snapshot && string.CompareOrdinal(other, snapshot.Number) < 0)
            {
                shipment.TendersHere = false;
            }
        }
    }

    /// <summary>
    /// Parts of a line are billed in this order, so that they add up whoever is billed first: as shipped, then by
    /// number.
    /// </summary>
    private static int ByTime(ShipmentView left, ShipmentView right)
    {
        var byTime = Earliest(left).CompareTo(Earliest(right));
        var bySystem = byTime != 0 ? byTime : string.CompareOrdinal(left.System, right.System);
        return bySystem != 0 ? bySystem : string.CompareOrdinal(left.Number, right.Number);
    }

    private static DateTimeOffset Earliest(ShipmentView shipment) => shipment.ShippedAt ?? shipment.ReadyAt ?? DateTimeOffset.MaxValue;

    /// <summary>
    /// Two warehouses may use one number; the earlier shipment keeps it bare, so that a command in flight keeps its
    /// key.
    /// </summary>
    private static void NameParts(List<ShipmentView> shipments)
    {
        foreach (var shipment in shipments)
        {
            var isTaken = shipments.Exists(other => other.Number == shipment.Number && other.Part == shipment.Number);
            shipment.Part = isTaken ? $"{shipment.Number}~{shipment.System}" : shipment.Number;
        }
    }
}
