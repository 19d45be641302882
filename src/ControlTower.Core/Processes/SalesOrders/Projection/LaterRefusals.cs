using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;

namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>A target may refuse by a fact what it first accepted: then the command had no effect.</summary>
internal static class LaterRefusals
{
    private static readonly RefusableDocument[] Documents =
    [
        new(CommandKinds.TenderShipment, Milestones.ShipmentDeclined, Milestones.ShipmentAccepted,
            ReferenceKinds.Load, ReferenceKinds.Shipment),
        new(CommandKinds.PostGoodsIssue, Milestones.GoodsIssueRejected, Milestones.GoodsIssuePosted,
            ReferenceKinds.GoodsIssue, ReferenceKinds.Shipment),
        new(CommandKinds.CreateInvoice, Milestones.InvoiceRejected, Milestones.InvoiceIssued,
            ReferenceKinds.Invoice, ReferenceKinds.Shipment),
        new(CommandKinds.PostInvoice, Milestones.PostingRejected, Milestones.PostingPosted,
            ReferenceKinds.Posting, ReferenceKinds.Invoice),
    ];

    public static void Apply(StateEntries facts, List<CommandView> commands)
    {
        foreach (var document in Documents)
        {
            foreach (var entry in facts.Owned(document.Refusal))
            {
                if (!WasMadeLater(facts, entry, document.Success) && FindRefused(commands, entry, document) is { } command)
                {
                    command.Fail(entry);
                }
            }
        }
    }

    /// <summary>The same document was made after all, later.</summary>
    private static bool WasMadeLater(StateEntries facts, StateEntry refusal, string success)
    {
        foreach (var entry in facts.WithMilestone(success))
        {
            if (entry.Connector == refusal.Connector && entry.Subject == refusal.Subject && StateEntryOrder.IsAfter(entry, refusal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The accepted command that a refusal means: the one that became this document, else, by the evidence it names,
    /// the first that was not yet followed by another at that time.
    /// </summary>
    private static CommandView? FindRefused(List<CommandView> commands, StateEntry refusal, RefusableDocument document)
    {
        CommandView? byEvidence = null;
        foreach (var command in commands)
        {
            if (command.Kind != document.Command)
            {
                continue;
            }

            if (command.ExternalId is { } id && (refusal.Subject == id || refusal.LinksTo(document.OwnLink, null, id)))
            {
                return command.Outcome == CommandOutcome.Accepted ? command : null;
            }

            byEvidence = ByEvidence(byEvidence, command, refusal, document.EvidenceLink);
        }

        return byEvidence;
    }

    private static CommandView? ByEvidence(CommandView? known, CommandView command, StateEntry refusal, string link)
    {
        var isMeant = command.Outcome == CommandOutcome.Accepted && command.Part is { } part && refusal.LinksTo(link, null, part);
        return isMeant && (known is null || (known.At <= refusal.Time && command.At <= refusal.Time)) ? command : known;
    }

    /// <param name="OwnLink">Kind of the reference that holds the document's own number.</param>
    /// <param name="EvidenceLink">Kind of the reference that holds the number of what it was made for.</param>
    private sealed record RefusableDocument(string Command, string Refusal, string Success, string OwnLink, string EvidenceLink);
}
