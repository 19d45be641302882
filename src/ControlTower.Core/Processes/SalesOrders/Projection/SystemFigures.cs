using ControlTower.Core.Kernel;

namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>
/// The figures that a system knows, by its role. They differ where they disagree with the owner of what they speak
/// of.
/// </summary>
internal sealed class SystemFigures(
    CommercialOrder order, List<ShipmentView> shipments, List<InvoiceView> invoices, List<PostingView> postings)
{
    public SystemFigure Of(string role, string system) => role switch
    {
        Roles.Erp => OfErp(system),
        Roles.Wms => OfWarehouse(system),
        Roles.Tms or Roles.Carrier => OfTransport(system),
        Roles.Billing => OfBilling(),
        _ => default,
    };

    /// <summary>
    /// Once the ERP has posted, its figure is what it posted, as it is compared with what was invoiced; before, what
    /// was ordered. It differs where its stock book or its journal is not what was shipped or billed.
    /// </summary>
    private SystemFigure OfErp(string system)
    {
        var differs = postings.Exists(static posting => posting.Differs && posting.ReversedAt is null)
            || shipments.Exists(GoodsIssueDiffers);
        var posted = postings.FindAll(posting => posting.System == system && posting.ReversedAt is null);
        return posted.Count > 0
            ? new SystemFigure(Measures.Posted, QuantityOf(posted), posted.Sum(posting => posting.Net ?? posting.Total), differs)
            : new SystemFigure(Measures.Ordered, order.Lines.Sum(line => line.Commercial), order.Snapshot?.Total, differs);
    }

    private static bool GoodsIssueDiffers(ShipmentView shipment) => shipment.GoodsIssue?.Lines is { } lines
        && shipment.ShippedAt is not null && shipment.Lines.Exists(line => lines.OfLine(line.Line) != line.Quantity);

    /// <summary>
    /// Pieces of the invoices that these postings post; null while an invoice is not known, as a posting itself has
    /// no quantity.
    /// </summary>
    private decimal? QuantityOf(List<PostingView> posted)
    {
        var quantity = 0m;
        foreach (var posting in posted)
        {
            if (invoices.Find(invoice => invoice.Number == posting.Invoice) is not { } invoice)
            {
                return null;
            }

            quantity += InvoiceRequests.QuantityOf(invoice);
        }

        return quantity;
    }

    private SystemFigure OfWarehouse(string system)
    {
        var shipped = shipments.Where(shipment => shipment.System == system && shipment.ShippedAt is not null).Sum(QuantityOf);
        return new SystemFigure(Measures.Shipped, shipped, null, order.Lines.Exists(static line => line.Shipped > line.Owed));
    }

    /// <summary>Transport differs where what it presented or handed over is not what was shipped.</summary>
    private SystemFigure OfTransport(string system)
    {
        var carried = shipments.FindAll(shipment => shipment.Milestones.Exists(milestone => milestone.Connector == system));
        var delivered = carried.Where(shipment => shipment.DeliveredAt is not null || shipment.Proof is not null)
            .Sum(shipment => shipment.Proof is { } proof ? proof.Lines.Sum(line => line.Delivered) : QuantityOf(shipment));
        return new SystemFigure(Measures.Delivered, delivered, null, carried.Exists(ProofDiffers));
    }

    private static bool ProofDiffers(ShipmentView shipment) => shipment.Proof is { } proof && shipment.ShippedAt is not null
        && shipment.Lines.Exists(line => proof.Lines.First(proved => proved.Line == line.Line).Delivered != line.Quantity);

    private SystemFigure OfBilling()
    {
        var existing = invoices.FindAll(static invoice => invoice.CancelledAt is null);
        return new SystemFigure(
            Measures.Invoiced, order.Lines.Sum(line => line.Invoiced), existing.Sum(invoice => invoice.Net),
            existing.Exists(static invoice => invoice.Differs));
    }

    private static decimal QuantityOf(ShipmentView shipment) => shipment.Lines.Sum(line => line.Quantity);
}

/// <param name="Measure">What the figures mean (<see cref="Measures"/>); null without any.</param>
internal readonly record struct SystemFigure(string? Measure, decimal? Quantity, decimal? Amount, bool Differs);
