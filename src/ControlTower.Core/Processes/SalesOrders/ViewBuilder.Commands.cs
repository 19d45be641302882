using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;

namespace ControlTower.Core.Processes.SalesOrders;

/// <summary>What became of commands: the outcomes the tower noted, and what targets said of accepted ones later.</summary>
internal sealed partial class ViewBuilder
{
    private void ReadCommands()
    {
        Settle(Milestones.CommandAccepted, CommandOutcome.Accepted);
        Settle(Milestones.CommandRejected, CommandOutcome.Rejected);
        Settle(Milestones.CommandAbsent, CommandOutcome.Absent);
        Settle(Milestones.CommandUnknown, CommandOutcome.Unknown);
        foreach (var entry in All(Milestones.CommandReplayed))
        {
            if (entry.IsOwner && FindCommand(entry.Subject) is { } command)
            {
                command.IsReplayed = true;
            }
        }

        foreach (var entry in All(Milestones.CommandFailed))
        {
            if (entry.IsOwner && FindCommand(entry.SubKey) is { Outcome: CommandOutcome.Accepted } command)
            {
                Fail(command, entry);
            }
        }

        _view.Commands.Sort(static (left, right) =>
        {
            var byStem = string.CompareOrdinal(left.Stem, right.Stem);
            return byStem != 0 ? byStem : left.Number.CompareTo(right.Number);
        });
        foreach (var entry in All(Milestones.ApprovalGranted))
        {
            if (entry.IsOwner && entry.Data.Approval is { } approval)
            {
                _view.Approvals.Add(approval);
                _view.ApprovalFacts.Add(entry);
            }
        }
    }

    /// <summary>The strongest outcome of a key is read first; a weaker one (a doubt before it) says no more.</summary>
    private void Settle(string milestone, CommandOutcome outcome)
    {
        foreach (var entry in All(milestone))
        {
            if (!entry.IsOwner || entry.Data.Command is not { } said || FindCommand(entry.Subject) is not null)
            {
                continue;
            }

            _view.Commands.Add(new CommandView
            {
                Key = entry.Subject,
                Stem = CommandKeys.Stem(said.Kind, said.Document, said.Slice),
                Kind = said.Kind,
                Document = said.Document,
                Slice = said.Slice,
                Number = said.Number,
                Outcome = outcome,
                ContentHash = said.ContentHash,
                ExternalId = said.ExternalId,
                Code = said.Code,
                Reason = said.Reason,
                At = entry.Time,
                Lines = said.Lines,
                Net = said.Net,
                Stage = said.Stage,
                System = SystemOf(entry),
                References = entry.References,
            });
        }
    }

    private CommandView? FindCommand(string? key) => _view.Commands.Find(command => command.Key == key);

    private static void Fail(CommandView command, StateEntry entry)
    {
        command.Outcome = CommandOutcome.Failed;
        command.Code = entry.Data.Code ?? entry.Data.Command?.Code;
        command.Reason = entry.Data.Reason ?? entry.Data.Command?.Reason;
        command.At = entry.Time;
    }

    private static string? SystemOf(StateEntry entry)
    {
        foreach (var reference in entry.References ?? [])
        {
            if (reference.System is not null)
            {
                return reference.System;
            }
        }

        return null;
    }

    /// <summary>A target may refuse with a fact what it first accepted: then the command had no effect.</summary>
    private void MarkRefusedLater()
    {
        RefuseLater(Milestones.ShipmentDeclined, Milestones.ShipmentAccepted, CommandKinds.TenderShipment, ReferenceKinds.Load, ReferenceKinds.Shipment);
        RefuseLater(Milestones.GoodsIssueRejected, Milestones.GoodsIssuePosted, CommandKinds.PostGoodsIssue, ReferenceKinds.GoodsIssue, ReferenceKinds.Shipment);
        RefuseLater(Milestones.InvoiceRejected, Milestones.InvoiceIssued, CommandKinds.CreateInvoice, ReferenceKinds.Invoice, ReferenceKinds.Shipment);
        RefuseLater(Milestones.PostingRejected, Milestones.PostingPosted, CommandKinds.PostInvoice, ReferenceKinds.Posting, ReferenceKinds.Invoice);
    }

    private void RefuseLater(string refusal, string success, string kind, string ownKind, string evidenceKind)
    {
        foreach (var entry in All(refusal))
        {
            if (entry.IsOwner && !IsMended(entry, success) && Refused(entry, kind, ownKind, evidenceKind) is { } command)
            {
                Fail(command, entry);
            }
        }
    }

    /// <summary>The same document was made after all, later.</summary>
    private bool IsMended(StateEntry refusal, string success)
    {
        foreach (var entry in All(success))
        {
            if (entry.Connector == refusal.Connector && entry.Subject == refusal.Subject && StateEntryOrder.IsAfter(entry, refusal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The accepted command that a refusal means: the one that became this document, else, by the evidence it names, the first that was not yet followed by
    /// another when it was said.
    /// </summary>
    private CommandView? Refused(StateEntry entry, string kind, string ownKind, string evidenceKind)
    {
        CommandView? byEvidence = null;
        foreach (var command in _view.Commands)
        {
            if (command.Kind != kind)
            {
                continue;
            }

            if (command.ExternalId is { } id && (entry.Subject == id || entry.LinksTo(ownKind, null, id)))
            {
                return command.Outcome == CommandOutcome.Accepted ? command : null;
            }

            if (command.Outcome == CommandOutcome.Accepted && command.Slice is { } slice && entry.LinksTo(evidenceKind, null, slice) && (byEvidence is null || byEvidence.At <= entry.Time))
            {
                byEvidence = byEvidence is not null && command.At > entry.Time ? byEvidence : command;
            }
        }

        return byEvidence;
    }
}
