using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;

namespace ControlTower.Core.Processes.SalesOrders;

/// <summary>Shipments as warehouses built and confirmed them.</summary>
internal sealed partial class ViewBuilder
{
    private void ReadShipments()
    {
        foreach (var entry in All(Milestones.ShipmentReady))
        {
            ReadBuilt(entry);
        }

        foreach (var entry in All(Milestones.ShipmentShipped))
        {
            ReadBuilt(entry);
        }

        // A load's shipment without a line of this order is another order's.
        _view.Shipments.RemoveAll(shipment => shipment.Lines.Count == 0);
        _view.Shipments.Sort(static (left, right) =>
        {
            var byTime = Earliest(left).CompareTo(Earliest(right));
            var bySystem = byTime != 0 ? byTime : string.CompareOrdinal(left.System, right.System);
            return bySystem != 0 ? bySystem : string.CompareOrdinal(left.Number, right.Number);
        });
        NameSlices();
        foreach (var shipment in _view.Shipments)
        {
            shipment.Site ??= _view.Fulfilments.Find(f => f.Number == shipment.Fulfilment)?.Site ?? SiteOfLines(shipment);
        }
    }

    /// <summary>Parts of a line are billed in this order, so that they add up whoever is billed first: as shipped, then by number.</summary>
    private static DateTimeOffset Earliest(ShipmentView shipment) => shipment.ShippedAt ?? shipment.ReadyAt ?? DateTimeOffset.MaxValue;

    private void ReadBuilt(StateEntry entry)
    {
        if (!entry.IsOwner)
        {
            return;
        }

        var shipment = _view.Shipments.Find(s => s.System == entry.Connector && s.Number == entry.Subject);
        if (shipment is null)
        {
            shipment = new ShipmentView { System = entry.Connector, Number = entry.Subject };
            _view.Shipments.Add(shipment);
        }

        shipment.Milestones.Add(MilestoneOf(entry));
        shipment.Site = entry.Data.Site ?? shipment.Site;
        shipment.Carrier = entry.Data.Carrier ?? shipment.Carrier;
        shipment.Fulfilment = entry.Link(ReferenceKinds.Fulfilment) ?? shipment.Fulfilment;
        AddOnce(shipment.Trackings, entry.Data.Tracking);
        foreach (var parcel in entry.Data.Parcels ?? [])
        {
            AddOnce(shipment.Parcels, parcel);
        }

        ReadLines(shipment, entry);
        if (entry.Milestone == Milestones.ShipmentReady)
        {
            shipment.ReadyAt = entry.Time;
            shipment.BuiltFor = entry.Data.Carrier;
            shipment.BuiltLines.AddRange(shipment.Lines);
        }
        else
        {
            shipment.ShippedAt = entry.Time;
        }
    }

    /// <summary>What was confirmed replaces what was built.</summary>
    private void ReadLines(ShipmentView shipment, StateEntry entry)
    {
        shipment.Lines.Clear();
        foreach (var line in entry.Data.Lines ?? [])
        {
            if (IsOurs(line))
            {
                Add(shipment.Lines, line.Line, line.Quantity ?? 0);
            }

            if (line.Order is { } other && _view.Order is { } order && string.CompareOrdinal(other, order.Number) < 0)
            {
                shipment.TendersHere = false;
            }
        }
    }

    /// <summary>Two warehouses may use one number; the earlier shipment keeps it bare, so that a command under way keeps its key.</summary>
    private void NameSlices()
    {
        foreach (var shipment in _view.Shipments)
        {
            var isTaken = _view.Shipments.Exists(other => other.Number == shipment.Number && other.Slice == shipment.Number);
            shipment.Slice = isTaken ? $"{shipment.Number}~{shipment.System}" : shipment.Number;
        }
    }

    private string? SiteOfLines(ShipmentView shipment) => shipment.Lines.Count > 0 ? _view.FindLine(shipment.Lines[0].Line)?.Site : null;

    private static void AddOnce(List<string> values, string? value)
    {
        if (value is not null && !values.Contains(value))
        {
            values.Add(value);
        }
    }
}
