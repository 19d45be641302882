using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;

namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>Journal postings of the ERP, each with its invoice.</summary>
internal static class PostingProjector
{
    public static List<PostingView> Project(StateEntries facts, List<InvoiceView> invoices, List<CommandView> commands)
    {
        var postings = new List<PostingView>();
        foreach (var entry in facts.Owned(Milestones.PostingPosted))
        {
            if (entry.Data.Posting is not { } snapshot)
            {
                continue;
            }

            var invoice = InvoiceOf(entry, snapshot.Document, invoices, commands);
            var posting = PostingFrom(entry, snapshot, invoice, ReversedAt(facts, entry, snapshot.Document));
            postings.Add(posting);
            if (invoice is not null && posting.ReversedAt is null)
            {
                invoice.Posting ??= posting.Document;
            }
        }

        foreach (var invoice in invoices)
        {
            invoice.MayBePosted = invoice.Posting is not null || AwaitsPosting(invoice, postings, commands);
        }

        return postings;
    }

    private static PostingView PostingFrom(StateEntry entry, PostingSnapshot snapshot, InvoiceView? invoice, DateTimeOffset? reversedAt)
    {
        var posting = new PostingView
        {
            System = entry.Connector,
            Document = snapshot.Document,
            Invoice = invoice?.Number ?? entry.Link(ReferenceKinds.Invoice),
            Net = snapshot.Net ?? invoice?.Net,
            Total = snapshot.Total,
            Currency = snapshot.Currency,
            PostingDate = snapshot.PostingDate,
            PostedAt = entry.Time,
            ReversedAt = reversedAt,
        };
        posting.Differs = invoice is not null
            && (posting.Net != invoice.Net || posting.Total != invoice.Total || posting.Currency != invoice.Currency);
        return posting;
    }

    /// <summary>The ERP took the posting, or may have, and has reported none for this invoice yet.</summary>
    private static bool AwaitsPosting(InvoiceView invoice, List<PostingView> postings, List<CommandView> commands) =>
        !postings.Exists(posting => posting.Invoice == invoice.Number)
        && commands.Exists(command => command.Kind == CommandKinds.PostInvoice && command.Part == invoice.Number
            && command.Outcome is CommandOutcome.Accepted or CommandOutcome.Unknown);

    /// <summary>The invoice it names, else the one whose posting was asked for and became this document.</summary>
    private static InvoiceView? InvoiceOf(StateEntry entry, string document, List<InvoiceView> invoices, List<CommandView> commands)
    {
        foreach (var invoice in invoices)
        {
            if (entry.LinksTo(ReferenceKinds.Invoice, null, invoice.Number))
            {
                return invoice;
            }
        }

        var request = commands.Find(command =>
            command is { Kind: CommandKinds.PostInvoice, Outcome: CommandOutcome.Accepted } && command.ExternalId == document);
        return request is null ? null : invoices.Find(invoice => invoice.Number == request.Part);
    }

    private static DateTimeOffset? ReversedAt(StateEntries facts, StateEntry posted, string document)
    {
        foreach (var entry in facts.Owned(Milestones.PostingReversed))
        {
            if (entry.Connector == posted.Connector
                && (entry.Subject == posted.Subject || entry.LinksTo(ReferenceKinds.Posting, null, document)))
            {
                return entry.Time;
            }
        }

        return null;
    }
}
