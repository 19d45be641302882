using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;

namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>Invoices that billing issued, each with its shipment and the command that asked for it.</summary>
internal static class InvoiceProjector
{
    public static List<InvoiceView> Project(
        StateEntries facts, CommercialOrder order, List<ShipmentView> shipments, List<CommandView> commands)
    {
        var invoices = new List<InvoiceView>();
        foreach (var entry in facts.Owned(Milestones.InvoiceIssued))
        {
            if (entry.Data.Invoice is { } snapshot)
            {
                var shipment = ShipmentOfDocument.Find(entry, snapshot.Number, CommandKinds.CreateInvoice, shipments, commands);
                invoices.Add(InvoiceFrom(entry, snapshot, shipment, CancelledAt(facts, entry, snapshot.Number)));
            }
        }

        InvoiceRequests.Match(invoices, commands, order.Snapshot?.Currency);
        return invoices;
    }

    private static InvoiceView InvoiceFrom(
        StateEntry entry, InvoiceSnapshot snapshot, ShipmentView? shipment, DateTimeOffset? cancelledAt) => new()
    {
        System = entry.Connector,
        Number = snapshot.Number,
        Currency = snapshot.Currency,
        Net = snapshot.Net,
        Tax = snapshot.Tax,
        Total = snapshot.Total,
        Lines = snapshot.Lines,
        IssuedAt = entry.Time,
        CancelledAt = cancelledAt,
        Shipment = shipment?.Part,
        Site = shipment?.Site,
    };

    private static DateTimeOffset? CancelledAt(StateEntries facts, StateEntry issued, string number)
    {
        foreach (var entry in facts.Owned(Milestones.InvoiceCancelled))
        {
            if (entry.Connector == issued.Connector
                && (entry.Subject == issued.Subject || entry.LinksTo(ReferenceKinds.Invoice, null, number)))
            {
                return entry.Time;
            }
        }

        return null;
    }
}
