using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;

namespace ControlTower.Core.Processes.SalesOrders;

/// <summary>Goods issues, invoices and postings, each brought to what it belongs to.</summary>
internal sealed partial class ViewBuilder
{
    private void ReadGoodsIssues()
    {
        foreach (var entry in All(Milestones.GoodsIssuePosted))
        {
            if (!entry.IsOwner)
            {
                continue;
            }

            var shipment = ShipmentOf(entry, CommandKinds.PostGoodsIssue, entry.Data.Document ?? entry.Subject);
            var issue = new GoodsIssueView(
                entry.Connector, entry.Data.Document ?? entry.Subject, shipment?.Number, entry.Time, entry.Data.PostingDate, entry.Id, LinesOf(entry));
            _view.GoodsIssues.Add(issue);
            if (shipment is not null)
            {
                shipment.GoodsIssue ??= issue;
                shipment.GoodsIssuedAt = shipment.GoodsIssue.At;
            }
        }
    }

    private List<QuantityView>? LinesOf(StateEntry entry)
    {
        if (entry.Data.Lines is not { } lines)
        {
            return null;
        }

        var quantities = new List<QuantityView>(lines.Count);
        foreach (var line in lines)
        {
            if (IsOurs(line))
            {
                Add(quantities, line.Line, line.Quantity ?? 0);
            }
        }

        return quantities;
    }

    /// <summary>By the shipment it names, by the command it answers, or, where the order has one shipment, that one.</summary>
    private ShipmentView? ShipmentOf(StateEntry entry, string kind, string number)
    {
        var named = _view.Shipments.Find(shipment => entry.LinksTo(ReferenceKinds.Shipment, shipment.System, shipment.Number))
            ?? _view.Shipments.Find(shipment => entry.LinksTo(ReferenceKinds.Shipment, null, shipment.Number));
        if (named is not null)
        {
            return named;
        }

        var ask = _view.Commands.Find(command => command.Kind == kind && command.ExternalId == number && command.Outcome == CommandOutcome.Accepted);
        if (ask is not null)
        {
            return _view.Shipments.Find(shipment => shipment.Slice == ask.Slice);
        }

        return entry.Link(ReferenceKinds.Shipment) is null && _view.Shipments.Count == 1 ? _view.Shipments[0] : null;
    }

    private void ReadInvoices()
    {
        foreach (var entry in All(Milestones.InvoiceIssued))
        {
            if (!entry.IsOwner || entry.Data.Invoice is not { } said)
            {
                continue;
            }

            var shipment = ShipmentOf(entry, CommandKinds.CreateInvoice, said.Number);
            _view.Invoices.Add(new InvoiceView
            {
                System = entry.Connector,
                Number = said.Number,
                Currency = said.Currency,
                Net = said.Net,
                Tax = said.Tax,
                Total = said.Total,
                Lines = said.Lines,
                IssuedAt = entry.Time,
                CancelledAt = CancelledAt(entry),
                Shipment = shipment?.Slice,
                Site = shipment?.Site,
            });
        }

        MatchAsks();
    }

    private DateTimeOffset? CancelledAt(StateEntry issued)
    {
        foreach (var entry in All(Milestones.InvoiceCancelled))
        {
            if (entry.IsOwner && entry.Connector == issued.Connector
                && (entry.Subject == issued.Subject || entry.LinksTo(ReferenceKinds.Invoice, null, issued.Data.Invoice!.Number)))
            {
                return entry.Time;
            }
        }

        return null;
    }

    /// <summary>Each invoice answers one command: by the number it became, else the first of its shipment that no invoice answers yet.</summary>
    private void MatchAsks()
    {
        foreach (var invoice in _view.Invoices)
        {
            invoice.Ask = _view.Commands.Find(command => IsAsk(command) && command.ExternalId == invoice.Number);
        }

        foreach (var invoice in _view.Invoices)
        {
            invoice.Ask ??= _view.Commands.Find(command =>
                IsAsk(command) && command.ExternalId is null && command.Slice == invoice.Shipment && !_view.Invoices.Exists(other => other.Ask == command));
            if (invoice.Ask is { } ask)
            {
                invoice.CommandKey = ask.Key;
                invoice.AskedNet = ask.Net;
                invoice.Differs = ask.Net != invoice.Net || invoice.Currency != (_view.Order?.Currency ?? invoice.Currency);
                invoice.Shipment ??= ask.Slice;
            }
        }
    }

    private static bool IsAsk(CommandView command) => command is { Kind: CommandKinds.CreateInvoice, Outcome: CommandOutcome.Accepted };

    private void ReadPostings()
    {
        foreach (var entry in All(Milestones.PostingPosted))
        {
            if (!entry.IsOwner || entry.Data.Posting is not { } said)
            {
                continue;
            }

            var invoice = InvoiceOf(entry, said.Document);
            var posting = new PostingView
            {
                System = entry.Connector,
                Document = said.Document,
                Invoice = invoice?.Number ?? entry.Link(ReferenceKinds.Invoice),
                Net = said.Net ?? invoice?.Net,
                Total = said.Total,
                Currency = said.Currency,
                PostingDate = said.PostingDate,
                PostedAt = entry.Time,
                ReversedAt = ReversedAt(entry),
            };
            posting.Differs = invoice is not null
                && (posting.Net != invoice.Net || posting.Total != invoice.Total || posting.Currency != invoice.Currency);
            _view.Postings.Add(posting);
            if (invoice is not null && posting.ReversedAt is null)
            {
                invoice.Posting ??= posting.Document;
            }
        }

        _view.Invoices.ForEach(invoice => invoice.MayBePosted = invoice.Posting is not null || AwaitsPosting(invoice));
    }

    /// <summary>The ERP took the posting, or may have, and has reported none for this invoice yet.</summary>
    private bool AwaitsPosting(InvoiceView invoice) => !_view.Postings.Exists(posting => posting.Invoice == invoice.Number)
        && _view.Commands.Exists(command => command.Kind == CommandKinds.PostInvoice && command.Slice == invoice.Number
            && command.Outcome is CommandOutcome.Accepted or CommandOutcome.Unknown);

    private InvoiceView? InvoiceOf(StateEntry entry, string document)
    {
        var named = _view.Invoices.Find(invoice => entry.LinksTo(ReferenceKinds.Invoice, null, invoice.Number));
        if (named is not null)
        {
            return named;
        }

        var ask = _view.Commands.Find(command =>
            command is { Kind: CommandKinds.PostInvoice, Outcome: CommandOutcome.Accepted } && command.ExternalId == document);
        return ask is null ? null : _view.Invoices.Find(invoice => invoice.Number == ask.Slice);
    }

    private DateTimeOffset? ReversedAt(StateEntry posted)
    {
        foreach (var entry in All(Milestones.PostingReversed))
        {
            if (entry.IsOwner && entry.Connector == posted.Connector
                && (entry.Subject == posted.Subject || entry.LinksTo(ReferenceKinds.Posting, null, posted.Data.Posting!.Document)))
            {
                return entry.Time;
            }
        }

        return null;
    }
}
