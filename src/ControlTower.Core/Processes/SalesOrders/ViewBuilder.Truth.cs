using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;

namespace ControlTower.Core.Processes.SalesOrders;

/// <summary>The truth table, witnesses included; the numbers to search by; the statements that contradict themselves.</summary>
internal sealed partial class ViewBuilder
{
    private void ReadTruth()
    {
        if (_view.Order is { } order)
        {
            _view.Identifiers.Add(order.Number);
        }

        var last = new SortedDictionary<string, StateEntry>(StringComparer.Ordinal);
        foreach (var entry in state.Slots)
        {
            if (entry.InConflict)
            {
                _view.Conflicts.Add(entry);
            }

            Identify(entry);
            if (!BuiltInConnectors.IsInternal(entry.Connector)
                && (!last.TryGetValue(entry.Connector, out var known) || IsMoreRecent(entry, known)))
            {
                last[entry.Connector] = entry;
            }
        }

        foreach (var (system, entry) in last)
        {
            var (measure, quantity, amount, differs) = Known(entry.Role, system);
            _view.TruthTable.Add(new TruthRow(system, entry.Role, entry.Milestone, measure, quantity, amount, entry.Time, differs));
        }
    }

    private static bool IsMoreRecent(StateEntry entry, StateEntry known)
    {
        var byTime = entry.Time.CompareTo(known.Time);
        return byTime != 0 ? byTime > 0 : (entry.Sequence ?? 0) > (known.Sequence ?? 0);
    }

    private void Identify(StateEntry entry)
    {
        foreach (var reference in entry.References ?? [])
        {
            AddOnce(_view.Identifiers, reference.Value);
        }
    }

    private Figure Known(string role, string system) => role switch
    {
        Roles.Erp => KnownToErp(system),
        Roles.Wms => KnownToWarehouse(system),
        Roles.Tms or Roles.Carrier => KnownToRoad(system),
        Roles.Billing => KnownToBilling(),
        _ => new Figure(null, null, null, false),
    };

    /// <summary>
    /// Once the ERP has posted, its figure is what it posted, as it is compared with what was invoiced; before, what was ordered. It differs where its stock book or its
    /// journal is not what was shipped or billed.
    /// </summary>
    private Figure KnownToErp(string system)
    {
        var differs = _view.Postings.Exists(posting => posting.Differs && posting.ReversedAt is null)
            || _view.Shipments.Exists(shipment => shipment.GoodsIssue?.Lines is { } lines && shipment.ShippedAt is not null
                && shipment.Lines.Exists(line => QuantityIn(lines, line.Line) != line.Quantity));
        var posted = _view.Postings.FindAll(posting => posting.System == system && posting.ReversedAt is null);
        return posted.Count > 0
            ? new Figure(Measures.Posted, PostedIn(posted), posted.Sum(posting => posting.Net ?? posting.Total), differs)
            : new Figure(Measures.Ordered, _view.Lines.Sum(line => line.Commercial), _view.Order?.Total, differs);
    }

    /// <summary>Pieces of the invoices that these postings post; null while an invoice is not known, as a posting itself has no quantity.</summary>
    private decimal? PostedIn(List<PostingView> postings)
    {
        var quantity = 0m;
        foreach (var posting in postings)
        {
            if (_view.Invoices.Find(invoice => invoice.Number == posting.Invoice) is not { } invoice)
            {
                return null;
            }

            quantity += QuantityOf(invoice);
        }

        return quantity;
    }

    private Figure KnownToWarehouse(string system)
    {
        var shipped = _view.Shipments.Where(shipment => shipment.System == system && shipment.ShippedAt is not null)
            .Sum(shipment => shipment.Lines.Sum(line => line.Quantity));
        return new Figure(Measures.Shipped, shipped, null, _view.Lines.Exists(line => line.Shipped > line.Owed));
    }

    /// <summary>The road differs where what it presented or handed over is not what was shipped.</summary>
    private Figure KnownToRoad(string system)
    {
        var theirs = _view.Shipments.Where(shipment => shipment.Milestones.Exists(milestone => milestone.Connector == system)).ToList();
        var delivered = theirs.Where(shipment => shipment.DeliveredAt is not null || shipment.Proof is not null).Sum(shipment =>
            shipment.Proof is { } proof ? proof.Lines.Sum(line => line.Delivered) : shipment.Lines.Sum(line => line.Quantity));
        var differs = theirs.Exists(shipment => shipment.Proof is { } proof && shipment.ShippedAt is not null
            && shipment.Lines.Exists(line => proof.Lines.First(p => p.Line == line.Line).Delivered != line.Quantity));
        return new Figure(Measures.Delivered, delivered, null, differs);
    }

    private Figure KnownToBilling()
    {
        var existing = _view.Invoices.Where(invoice => invoice.CancelledAt is null).ToList();
        return new Figure(
            Measures.Invoiced, _view.Lines.Sum(line => line.Invoiced), existing.Sum(invoice => invoice.Net), existing.Exists(invoice => invoice.Differs));
    }

    private readonly record struct Figure(string? Measure, decimal? Quantity, decimal? Amount, bool Differs);
}
