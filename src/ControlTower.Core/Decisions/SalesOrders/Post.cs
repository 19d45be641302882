using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Decisions.SalesOrders;

/// <summary>
/// Posting in the ERP: of every invoice that is issued and equals what was requested. One that differs is a condition
/// and is never posted. One that was cancelled after its posting counts as invoiced until the posting is reversed.
/// </summary>
internal static class Post
{
    public static void Decide(Draft draft)
    {
        BillParts? unasked = null;
        foreach (var invoice in draft.View.Invoices)
        {
            if (invoice.CancelledAt is { } cancelledAt)
            {
                NameUnreversed(draft, invoice, cancelledAt);
                continue;
            }

            if (ReplacesPosted(draft, invoice))
            {
                continue;
            }

            var isEqual = invoice.Ask is not null
                ? !invoice.Differs
                : EqualsWanted(draft, invoice, unasked ??= new BillParts(draft, ignoresUnasked: true));
            if (isEqual)
            {
                Want(draft, invoice);
            }
            else
            {
                NameDifference(draft, invoice);
            }
        }

        NamePostings(draft);
    }

    /// <summary>
    /// An invoice that no known command requested (its outcome is still unknown, or billing acts by itself) counts as
    /// requested when it is exactly what would be requested now.
    /// </summary>
    private static bool EqualsWanted(Draft draft, InvoiceView invoice, BillParts parts)
    {
        var shipment = draft.View.Shipments.Find(s => s.Part == invoice.Shipment);
        if (shipment?.ShippedAt is null || parts.OpenOf(shipment) is not { Count: > 0 } lines)
        {
            return false;
        }

        var content = BillContent.From(draft, shipment, lines);
        return content.Net == invoice.Net && invoice.Currency == draft.Order.Currency
            && (BillEvidence.For(draft, shipment).IsSatisfied || content.ApprovalIn(draft) is not null);
    }

    private static void Want(Draft draft, InvoiceView invoice)
    {
        var isPosted = draft.View.Postings.Exists(posting => posting.Invoice == invoice.Number);
        var shipment = draft.View.Shipments.Find(s => s.Part == invoice.Shipment);
        var isStopped = shipment is null ? draft.IsStopped("posting", (string?)null) : draft.IsStopped("posting", shipment);
        if (isStopped || draft.Accepted(CommandKinds.PostInvoice, invoice.Number) is not null)
        {
            return;
        }

        if (isPosted)
        {
            draft.NoteAlreadySatisfied(
                CommandKinds.PostInvoice, invoice.Number, Roles.Erp, invoice.Site, Content(draft, invoice), invoice.Net);
        }
        else
        {
            draft.Want(CommandKinds.PostInvoice, invoice.Number, Roles.Erp, invoice.Site, Content(draft, invoice), invoice.Net);
        }
    }

    /// <summary>The posting date is the day of issue at the site: the business event's date.</summary>
    private static string Content(Draft draft, InvoiceView invoice) => CommandContent.Write(writer =>
    {
        writer.References((ReferenceKinds.Order, draft.Order.Number), (ReferenceKinds.Invoice, invoice.Number));
        writer.WriteStartObject("invoice");
        writer.Text("number", invoice.Number);
        writer.Text("currency", invoice.Currency);
        if (invoice.Lines is { } lines)
        {
            writer.WriteStartArray("lines");
            foreach (var line in lines)
            {
                writer.WriteStartObject();
                writer.Text("line", line.Line);
                writer.Number("quantity", line.Quantity);
                writer.Number("amount", line.Amount);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.Number("net", invoice.Net);
        writer.Number("tax", invoice.Tax);
        writer.Number("total", invoice.Total);
        writer.WriteEndObject();
        writer.Text("postingDate", SiteTime.DayOf(invoice.IssuedAt, SiteTime.ZoneOf(invoice.Site, draft.Topology)).ToString("yyyy-MM-dd"));
    });

    private static void NameDifference(Draft draft, InvoiceView invoice)
    {
        // The outcome of the command that requested it may not have arrived yet.
        if (invoice.Ask is null && !draft.IsDue(invoice.IssuedAt, draft.Policies.Clocks.InvoiceHours))
        {
            return;
        }

        var message = invoice.AskedNet is { } asked
            ? $"Invoice {invoice.Number} is {invoice.Net:0.00##} {invoice.Currency}; requested was {asked:0.00##} {draft.Order.Currency}."
            : $"Invoice {invoice.Number} of {invoice.Net:0.00##} {invoice.Currency} is not what the order requires.";
        draft.Name(new OpenCondition(
            $"{ReasonCodes.InvoiceDiffers}:{invoice.Number}", ReasonCodes.InvoiceDiffers, message, invoice.Number, invoice.Site,
            invoice.System, invoice.CommandKey,
            null, Math.Abs(invoice.Net - (invoice.AskedNet ?? 0)), invoice.IssuedAt));
    }

    /// <summary>Bills again what a cancelled invoice of the shipment billed, whose posting is not reversed: it would
    /// be owed twice.</summary>
    private static bool ReplacesPosted(Draft draft, InvoiceView invoice) =>
        draft.View.Invoices.Exists(other => other is { CancelledAt: not null, MayBePosted: true } && other.Shipment == invoice.Shipment)
        && new BillParts(draft, ignoresUnasked: false).Excess.Exists(excess => excess.Shipment.Part == invoice.Shipment);

    private static void NameUnreversed(Draft draft, InvoiceView invoice, DateTimeOffset cancelledAt)
    {
        // While it is not known whether the posting had its effect, that is a condition of its own.
        var posting = draft.View.Postings.Find(known => known.Invoice == invoice.Number && known.ReversedAt is null);
        var postedAt = posting?.PostedAt ?? draft.Accepted(CommandKinds.PostInvoice, invoice.Number)?.At;
        if (!invoice.MayBePosted || postedAt is not { } since)
        {
            return;
        }

        var document = posting is null ? "" : $" {posting.Document}";
        draft.Name(new OpenCondition(
            $"{ReasonCodes.InvoiceDiffers}:reversal:{invoice.Number}", ReasonCodes.InvoiceDiffers,
            $"Invoice {invoice.Number} was cancelled and its posting{document} is not reversed; nothing replaces it until then.",
            posting?.Document ?? invoice.Number, invoice.Site, posting?.System, null, null, posting?.Net ?? invoice.Net,
            since > cancelledAt ? since : cancelledAt)
        { Team = Teams.Finance });
    }

    private static void NamePostings(Draft draft)
    {
        foreach (var posting in draft.View.Postings)
        {
            if (posting.ReversedAt is null && posting.Differs)
            {
                draft.Name(new OpenCondition(
                    $"{ReasonCodes.InvoiceDiffers}:posting:{posting.Document}", ReasonCodes.InvoiceDiffers,
                    $"Posting {posting.Document} does not equal invoice {posting.Invoice}.", posting.Document, null, posting.System, null,
                    null, posting.Total,
                    posting.PostedAt));
            }

            var invoice = draft.View.Invoices.Find(i => i.Number == posting.Invoice);
            if (posting.ReversedAt is { } reversed && invoice is { CancelledAt: null, Posting: null })
            {
                draft.Name(new OpenCondition(
                    $"{ReasonCodes.ExpectedMissing}:{Milestones.PostingPosted}:{invoice.Number}", ReasonCodes.ExpectedMissing,
                    $"Posting {posting.Document} of invoice {invoice.Number} was reversed and there is no other.", invoice.Number,
                    invoice.Site, posting.System, null,
                    null, invoice.Net, reversed)
                { Team = Teams.Finance });
            }
        }
    }
}
