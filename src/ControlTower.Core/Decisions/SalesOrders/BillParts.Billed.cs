using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Decisions.SalesOrders;

/// <content>What is billed of a line: what was requested from billing, and what it issued without a request.</content>
internal sealed partial class BillParts
{
    /// <summary>What was requested from billing for this shipment and is still valid.</summary>
    private (decimal Quantity, decimal Amount) Asked(ShipmentView shipment, LineView line)
    {
        decimal quantity = 0, amount = 0;
        foreach (var command in _draft.View.Commands)
        {
            if (command is { Kind: CommandKinds.CreateInvoice, Outcome: CommandOutcome.Accepted } && command.Part == shipment.Part
                && !IsUndone(command))
            {
                foreach (var asked in command.Lines ?? [])
                {
                    quantity += asked.Line == line.Line ? asked.Quantity ?? 0 : 0;
                    amount += asked.Line == line.Line ? asked.Amount ?? 0 : 0;
                }
            }
        }

        return (quantity, amount);
    }

    private decimal UnaskedQuantity(ShipmentView shipment, LineView line)
    {
        var quantity = 0m;
        foreach (var invoice in _draft.View.Invoices)
        {
            quantity += IsUnasked(invoice, shipment) ? QuantityOf(invoice, shipment, line) : 0;
        }

        return quantity;
    }

    private decimal UnaskedAmount(ShipmentView shipment, LineView line)
    {
        var amount = 0m;
        foreach (var invoice in _draft.View.Invoices)
        {
            amount += IsUnasked(invoice, shipment) ? Stated(invoice, line)?.Amount ?? Remaining(invoice, shipment, line) : 0;
        }

        return amount;
    }

    private bool IsUnasked(InvoiceView invoice, ShipmentView shipment) =>
        !_ignoresUnasked && invoice is { Ask: null, CountsAsInvoiced: true } && invoice.Shipment == shipment.Part;

    private static InvoiceLine? Stated(InvoiceView invoice, LineView line)
    {
        foreach (var stated in invoice.Lines ?? [])
        {
            if (stated.Line == line.Line)
            {
                return stated;
            }
        }

        return null;
    }

    /// <summary>An invoice without lines bills the whole of its shipment.</summary>
    private static decimal QuantityOf(InvoiceView invoice, ShipmentView shipment, LineView line) =>
        invoice.Lines is null ? Supported(shipment, line) : Stated(invoice, line)?.Quantity ?? 0;

    /// <summary>
    /// The line's part of what an invoice's net leaves after the amounts that it states: split as its lines owe it, so
    /// that an invoice of exactly their sum bills each what it owes.
    /// </summary>
    private decimal Remaining(InvoiceView invoice, ShipmentView shipment, LineView line)
    {
        var left = invoice.Net - (invoice.Lines ?? []).Sum(stated => stated.Amount ?? 0);
        decimal before = 0, upTo = 0, all = 0;
        foreach (var other in _draft.View.Lines)
        {
            var owed = Stated(invoice, other)?.Amount is null ? Owed(invoice, shipment, other) : 0;
            (before, upTo) = other == line ? (all, all + owed) : (before, upTo);
            all += owed;
        }

        return all == 0 ? 0 : Money.Share(left, upTo, all, _draft.Order.Currency) - Money.Share(left, before, all, _draft.Order.Currency);
    }

    /// <summary>What the line owes for the quantity that the invoice bills of it.</summary>
    private decimal Owed(InvoiceView invoice, ShipmentView shipment, LineView line)
    {
        var quantity = QuantityOf(invoice, shipment, line);
        var part = PartsOf(line).Find(part => part.Shipment == shipment);
        return quantity == 0 || part.Quantity == 0 ? 0 : part.Share * (quantity / part.Quantity);
    }

    /// <summary>Its invoice was cancelled, and the posting of that, if there was one, reversed.</summary>
    private bool IsUndone(CommandView command)
    {
        foreach (var invoice in _draft.View.Invoices)
        {
            if (invoice.Ask == command && !invoice.CountsAsInvoiced)
            {
                return true;
            }
        }

        return false;
    }
}
