namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>How far each line has come over all its documents.</summary>
internal static class LineTotals
{
    public static void Count(
        CommercialOrder order,
        List<CommandView> commands,
        List<FulfilmentView> fulfilments,
        List<ShipmentView> shipments,
        List<InvoiceView> invoices)
    {
        ReleaseTotals.Count(order, commands, fulfilments);
        foreach (var fulfilment in fulfilments)
        {
            WarehouseTotals.Count(order, fulfilment);
        }

        foreach (var shipment in shipments)
        {
            ShipmentTotals.Count(order, shipment);
        }

        foreach (var invoice in invoices)
        {
            if (invoice.CountsAsInvoiced)
            {
                InvoiceTotals.Count(order, invoice);
            }
        }
    }
}
