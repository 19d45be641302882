using ControlTower.Core.Facts;

namespace ControlTower.Core.Processes.SalesOrders;

/// <summary>How far each line has come over all its documents.</summary>
internal sealed partial class ViewBuilder
{
    private void CountLines()
    {
        foreach (var shipment in _view.Shipments)
        {
            foreach (var part in shipment.Lines)
            {
                if (_view.FindLine(part.Line) is { } line)
                {
                    CountPart(shipment, line, part.Quantity);
                }
            }
        }

        foreach (var invoice in _view.Invoices)
        {
            if (invoice.CountsAsInvoiced)
            {
                CountInvoice(invoice);
            }
        }
    }

    private static void CountPart(ShipmentView shipment, LineView line, decimal quantity)
    {
        line.Ready += quantity;
        line.Shipped += shipment.ShippedAt is null ? 0 : quantity;
        line.GoodsIssued += shipment.GoodsIssue is { } issue ? issue.Lines is null ? quantity : QuantityIn(issue.Lines, line.Line) : 0;
        line.PickedUp += shipment.PickedUpAt is null ? 0 : quantity;
        if (shipment.Proof?.Lines.FirstOrDefault(proof => proof.Line == line.Line) is { } proof)
        {
            line.Delivered += proof.Delivered;
            line.Refused += proof.Refused;
            line.Damaged += proof.Damaged;
        }
        else if (shipment.DeliveredAt is not null)
        {
            line.Delivered += quantity;
        }
    }

    /// <summary>What an invoice does not say line by line is what was asked.</summary>
    private void CountInvoice(InvoiceView invoice)
    {
        var isPosted = invoice.Posting is not null;
        if (invoice.Lines is { Count: > 0 } lines)
        {
            foreach (var billed in lines)
            {
                Count(billed.Line, billed.Quantity ?? AskedOf(invoice.Ask, billed.Line)?.Quantity, billed.Amount ?? AskedOf(invoice.Ask, billed.Line)?.Amount, isPosted);
            }

            return;
        }

        foreach (var asked in invoice.Ask?.Lines ?? [])
        {
            Count(asked.Line, asked.Quantity, asked.Amount, isPosted);
        }
    }

    private void Count(string number, decimal? quantity, decimal? amount, bool isPosted)
    {
        if (_view.FindLine(number) is { } line)
        {
            line.Invoiced += quantity ?? 0;
            line.InvoicedAmount += amount ?? 0;
            line.Posted += isPosted ? quantity ?? 0 : 0;
        }
    }

    /// <summary>Pieces that an invoice bills; what it does not state line by line is what was asked.</summary>
    private static decimal QuantityOf(InvoiceView invoice) => invoice.Lines is { Count: > 0 } lines
        ? lines.Sum(billed => billed.Quantity ?? AskedOf(invoice.Ask, billed.Line)?.Quantity ?? 0)
        : invoice.Ask?.Lines?.Sum(asked => asked.Quantity ?? 0) ?? 0;

    private static FactLine? AskedOf(CommandView? ask, string line) => ask?.Lines?.FirstOrDefault(asked => asked.Line == line);

    private static decimal QuantityIn(IReadOnlyList<QuantityView> lines, string line)
    {
        foreach (var quantity in lines)
        {
            if (quantity.Line == line)
            {
                return quantity.Quantity;
            }
        }

        return 0;
    }
}
