using ControlTower.Core.Facts;
using ControlTower.Core.Kernel.Commands;

namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>The commands that asked for invoices, and what they asked.</summary>
internal static class InvoiceRequests
{
    /// <summary>
    /// Each invoice answers one command: by the number it became, else the first of its shipment that no invoice
    /// answers yet.
    /// </summary>
    /// <param name="currency">Of the order, when that is known.</param>
    public static void Match(List<InvoiceView> invoices, List<CommandView> commands, string? currency)
    {
        foreach (var invoice in invoices)
        {
            invoice.Ask = commands.Find(command => IsRequest(command) && command.ExternalId == invoice.Number);
        }

        foreach (var invoice in invoices)
        {
            invoice.Ask ??= commands.Find(command => IsRequest(command)
                && command.ExternalId is null && command.Part == invoice.Shipment && !invoices.Exists(other => other.Ask == command));
            if (invoice.Ask is { } request)
            {
                invoice.CommandKey = request.Key;
                invoice.AskedNet = request.Net;
                invoice.Differs = request.Net != invoice.Net || invoice.Currency != (currency ?? invoice.Currency);
                invoice.Shipment ??= request.Part;
            }
        }
    }

    /// <summary>Pieces that an invoice bills; what it does not report line by line is what was asked.</summary>
    public static decimal QuantityOf(InvoiceView invoice) => invoice.Lines is { Count: > 0 } lines
        ? lines.Sum(billed => billed.Quantity ?? Requested(invoice.Ask, billed.Line)?.Quantity ?? 0)
        : invoice.Ask?.Lines?.Sum(requested => requested.Quantity ?? 0) ?? 0;

    /// <summary>What the command asked of a line.</summary>
    public static FactLine? Requested(CommandView? request, string number)
    {
        foreach (var line in request?.Lines ?? [])
        {
            if (line.Line == number)
            {
                return line;
            }
        }

        return null;
    }

    private static bool IsRequest(CommandView command) => command is { Kind: CommandKinds.CreateInvoice, Outcome: CommandOutcome.Accepted };
}
