namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>
/// What was invoiced and posted of a line; what an invoice does not report line by line is what was asked.
/// </summary>
internal static class InvoiceTotals
{
    public static void Count(CommercialOrder order, InvoiceView invoice)
    {
        var isPosted = invoice.Posting is not null;
        if (invoice.Lines is not { Count: > 0 } lines)
        {
            foreach (var requested in invoice.Ask?.Lines ?? [])
            {
                Add(order, requested.Line, requested.Quantity, requested.Amount, isPosted);
            }

            return;
        }

        foreach (var billed in lines)
        {
            var requested = InvoiceRequests.Requested(invoice.Ask, billed.Line);
            Add(order, billed.Line, billed.Quantity ?? requested?.Quantity, billed.Amount ?? requested?.Amount, isPosted);
        }
    }

    private static void Add(CommercialOrder order, string number, decimal? quantity, decimal? amount, bool isPosted)
    {
        if (order.FindLine(number) is { } line)
        {
            line.Invoiced += quantity ?? 0;
            line.InvoicedAmount += amount ?? 0;
            line.Posted += isPosted ? quantity ?? 0 : 0;
        }
    }
}
