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
        foreach (var slot in All(Milestones.CommandReplayed))
        {
            if (slot.IsOwner && FindCommand(slot.Subject) is { } command)
            {
                command.IsReplayed = true;
            }
        }

        foreach (var slot in All(Milestones.CommandFailed))
        {
            if (slot.IsOwner && FindCommand(slot.SubKey) is { Outcome: CommandOutcome.Accepted } command)
            {
                Fail(command, slot);
            }
        }

        _view.Commands.Sort(static (left, right) =>
        {
            var byStem = string.CompareOrdinal(left.Stem, right.Stem);
            return byStem != 0 ? byStem : left.Number.CompareTo(right.Number);
        });
        foreach (var slot in All(Milestones.ApprovalGranted))
        {
            if (slot.IsOwner && slot.Data.Approval is { } approval)
            {
                _view.Approvals.Add(approval);
                _view.ApprovalFacts.Add(slot);
            }
        }
    }

    /// <summary>The strongest outcome of a key is read first; a weaker one (a doubt before it) says no more.</summary>
    private void Settle(string milestone, CommandOutcome outcome)
    {
        foreach (var slot in All(milestone))
        {
            if (!slot.IsOwner || slot.Data.Command is not { } said || FindCommand(slot.Subject) is not null)
            {
                continue;
            }

            _view.Commands.Add(new CommandView
            {
                Key = slot.Subject,
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
                At = slot.Time,
                Lines = said.Lines,
                Net = said.Net,
                Stage = said.Stage,
                System = SystemOf(slot),
                References = slot.References,
            });
        }
    }

    private CommandView? FindCommand(string? key) => _view.Commands.Find(command => command.Key == key);

    private static void Fail(CommandView command, StateEntry slot)
    {
        command.Outcome = CommandOutcome.Failed;
        command.Code = slot.Data.Code ?? slot.Data.Command?.Code;
        command.Reason = slot.Data.Reason ?? slot.Data.Command?.Reason;
        command.At = slot.Time;
    }

    private static string? SystemOf(StateEntry slot)
    {
        foreach (var reference in slot.References ?? [])
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
        foreach (var slot in All(refusal))
        {
            if (slot.IsOwner && !IsMended(slot, success) && Refused(slot, kind, ownKind, evidenceKind) is { } command)
            {
                Fail(command, slot);
            }
        }
    }

    /// <summary>The same document was made after all, later.</summary>
    private bool IsMended(StateEntry refusal, string success)
    {
        foreach (var slot in All(success))
        {
            if (slot.Connector == refusal.Connector && slot.Subject == refusal.Subject && StateEntryOrder.IsAfter(slot, refusal))
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
    private CommandView? Refused(StateEntry slot, string kind, string ownKind, string evidenceKind)
    {
        CommandView? byEvidence = null;
        foreach (var command in _view.Commands)
        {
            if (command.Kind != kind)
            {
                continue;
            }

            if (command.ExternalId is { } id && (slot.Subject == id || slot.LinksTo(ownKind, null, id)))
            {
                return command.Outcome == CommandOutcome.Accepted ? command : null;
            }

            if (command.Outcome == CommandOutcome.Accepted && command.Slice is { } slice && slot.LinksTo(evidenceKind, null, slice) && (byEvidence is null || byEvidence.At <= slot.Time))
            {
                byEvidence = byEvidence is not null && command.At > slot.Time ? byEvidence : command;
            }
        }

        return byEvidence;
    }
}
