using ControlTower.Core.Canonical;

namespace ControlTower.Core.Transactions;

/// <summary>The truth table, witnesses included; the numbers to search by; the statements that contradict themselves.</summary>
internal sealed partial class ViewBuilder
{
    private void ReadTruth()
    {
        if (_view.Order is { } order)
        {
            _view.Identifiers.Add(order.Number);
        }

        var last = new SortedDictionary<string, Slot>(StringComparer.Ordinal);
        foreach (var slot in state.Slots)
        {
            if (slot.InConflict)
            {
                _view.Conflicts.Add(slot);
            }

            Identify(slot);
            if (!InternalConnectors.IsInternal(slot.Connector)
                && (!last.TryGetValue(slot.Connector, out var known) || IsMoreRecent(slot, known)))
            {
                last[slot.Connector] = slot;
            }
        }

        foreach (var (system, slot) in last)
        {
            var (quantity, amount, differs) = Known(slot.Role, system);
            _view.TruthTable.Add(new TruthRow(system, slot.Role, slot.Milestone, quantity, amount, slot.Time, differs));
        }
    }

    private static bool IsMoreRecent(Slot slot, Slot known)
    {
        var byTime = slot.Time.CompareTo(known.Time);
        return byTime != 0 ? byTime > 0 : (slot.Sequence ?? 0) > (known.Sequence ?? 0);
    }

    private void Identify(Slot slot)
    {
        foreach (var reference in slot.References ?? [])
        {
            AddOnce(_view.Identifiers, reference.Value);
        }
    }

    private (decimal? Quantity, decimal? Amount, bool Differs) Known(string role, string system) => role switch
    {
        Roles.Erp => KnownToErp(),
        Roles.Wms => KnownToWarehouse(system),
        Roles.Tms or Roles.Carrier => KnownToRoad(system),
        Roles.Billing => KnownToBilling(),
        _ => (null, null, false),
    };

    /// <summary>The ERP differs where its stock book or its journal is not what was shipped or billed.</summary>
    private (decimal? Quantity, decimal? Amount, bool Differs) KnownToErp()
    {
        var posted = _view.Postings.Where(posting => posting.ReversedAt is null).Sum(posting => posting.Net ?? 0);
        var differs = _view.Postings.Exists(posting => posting.Differs && posting.ReversedAt is null)
            || _view.Shipments.Exists(shipment => shipment.GoodsIssue?.Lines is { } lines && shipment.ShippedAt is not null
                && shipment.Lines.Exists(line => QuantityIn(lines, line.Line) != line.Quantity));
        return (_view.Lines.Sum(line => line.Commercial), posted != 0 ? posted : _view.Order?.Total, differs);
    }

    private (decimal? Quantity, decimal? Amount, bool Differs) KnownToWarehouse(string system)
    {
        var shipped = _view.Shipments.Where(shipment => shipment.System == system && shipment.ShippedAt is not null)
            .Sum(shipment => shipment.Lines.Sum(line => line.Quantity));
        return (shipped, null, _view.Lines.Exists(line => line.Shipped > line.Owed));
    }

    /// <summary>The road differs where what it presented or handed over is not what was shipped.</summary>
    private (decimal? Quantity, decimal? Amount, bool Differs) KnownToRoad(string system)
    {
        var theirs = _view.Shipments.Where(shipment => shipment.Milestones.Exists(milestone => milestone.Connector == system)).ToList();
        var delivered = theirs.Where(shipment => shipment.DeliveredAt is not null || shipment.Proof is not null).Sum(shipment =>
            shipment.Proof is { } proof ? proof.Lines.Sum(line => line.Delivered) : shipment.Lines.Sum(line => line.Quantity));
        var differs = theirs.Exists(shipment => shipment.Proof is { } proof && shipment.ShippedAt is not null
            && shipment.Lines.Exists(line => proof.Lines.First(p => p.Line == line.Line).Delivered != line.Quantity));
        return (delivered, null, differs);
    }

    private (decimal? Quantity, decimal? Amount, bool Differs) KnownToBilling()
    {
        var standing = _view.Invoices.Where(invoice => invoice.CancelledAt is null).ToList();
        return (_view.Lines.Sum(line => line.Invoiced), standing.Sum(invoice => invoice.Net), standing.Exists(invoice => invoice.Differs));
    }
}
