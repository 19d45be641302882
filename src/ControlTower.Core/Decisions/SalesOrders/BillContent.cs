using System.Text.Json;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Decisions.SalesOrders;

/// <summary>The invoice that a shipment's open lines make, and the command that requests it.</summary>
internal sealed record BillContent(ShipmentView Shipment, IReadOnlyList<BillLine> Lines, decimal Net, string InvoiceHash)
{
    public static BillContent From(Draft draft, ShipmentView shipment, IReadOnlyList<BillLine> lines)
    {
        var net = 0m;
        foreach (var line in lines)
        {
            net += line.Amount;
        }

        var content = new BillContent(shipment, lines, net, "");

        // An approval is bound to the document, the shipment and the invoice: lines, quantities, amounts, currency,
        // customer. New evidence does not void it.
        return content with
        {
            InvoiceHash = Digest.Hex(CommandContent.Write(writer =>
            {
                writer.References((ReferenceKinds.Order, draft.Order.Number), (ReferenceKinds.Shipment, shipment.Part));
                content.WriteInvoice(writer, draft);
            })),
        };
    }

    /// <summary>
    /// The approval of exactly this invoice, or null. One that released an invoice is used up, even when that invoice
    /// was cancelled.
    /// </summary>
    public StateEntry? ApprovalIn(Draft draft)
    {
        var billedAt = draft.Accepted(CommandKinds.CreateInvoice, Shipment.Part)?.At;
        foreach (var fact in draft.View.ApprovalFacts)
        {
            var approval = fact.Data.Approval!;
            if (approval.ContentHash == InvoiceHash && approval.Document == draft.Order.Number && approval.Slice == Shipment.Part
                && !(billedAt >= fact.Time))
            {
                return fact;
            }
        }

        return null;
    }

    public string Write(Draft draft, BillEvidence evidence, StateEntry? approval) => CommandContent.Write(writer =>
    {
        writer.References((ReferenceKinds.Order, draft.Order.Number), (ReferenceKinds.Shipment, Shipment.Number));
        WriteInvoice(writer, draft);
        writer.WriteStartArray("evidence");
        foreach (var item in evidence.Items)
        {
            if (item.Present)
            {
                WriteEvidence(writer, item.Milestone, item.At, item.Connector, item.EventId);
            }
        }

        // A satisfied policy is reason enough; an approval is named only where it was needed.
        if (approval is not null && !evidence.IsSatisfied)
        {
            WriteEvidence(writer, approval.Milestone, approval.Time, approval.Connector, approval.Id);
        }

        writer.WriteEndArray();
    });

    private void WriteInvoice(Utf8JsonWriter writer, Draft draft)
    {
        writer.WriteStartObject("invoice");
        writer.Text("currency", draft.Order.Currency);
        writer.Text("customer", draft.Order.Customer.Id);
        writer.WriteStartArray("lines");
        foreach (var line in Lines)
        {
            writer.WriteStartObject();
            writer.Text("line", line.Line.Line);
            writer.Text("item", line.Line.Item);
            writer.Number("quantity", line.Quantity);
            writer.Number("unitPrice", line.Line.UnitPrice);
            writer.Number("amount", line.Amount);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.Number("net", Net);
        writer.WriteEndObject();
    }

    private static void WriteEvidence(Utf8JsonWriter writer, string milestone, DateTimeOffset? at, string? connector, string? eventId)
    {
        writer.WriteStartObject();
        writer.Text("milestone", milestone);
        writer.Instant("at", at);
        writer.Text("connector", connector);
        writer.Text("event", eventId);
        writer.WriteEndObject();
    }
}
