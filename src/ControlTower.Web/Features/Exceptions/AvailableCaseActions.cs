using ControlTower.Core.Approvals;
using ControlTower.Core.Cases;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Replay;

namespace ControlTower.Web.Features.Exceptions;

/// <summary>
/// Which actions are possible now for this actor, by the same rules that the actions themselves check.
/// </summary>
internal static class AvailableCaseActions
{
    public static CaseActions For(
        ExceptionCase about, Actor actor, CommandState? command, InboxState? message, bool polled, IReadOnlyList<HeldInvoice> held)
    {
        var over = CaseRefusals.Over(about.State);
        var notTaken = about.State == CaseState.Waived ? null : over;
        return new CaseActions(
            Take: AvailableAction.From(CaseRights.ToWork(actor, about) ?? notTaken
                ?? (about.Assignee == actor.Name && about.State != CaseState.Waived ? Refusal.Conflict("You have it already.") : null)),
            Assign: AvailableAction.From(CaseRights.ToAssign(actor, about) ?? notTaken),
            Replay: AvailableAction.From(CaseRights.ToReplay(actor, about) ?? Replayable.Refuse(about, command, message, polled)),
            Waive: AvailableAction.From(CaseRights.ToWork(actor, about) ?? over ?? CaseEnding.ToWaive(about)),
            Discard: AvailableAction.From(CaseRights.ToWork(actor, about) ?? over ?? CaseEnding.ToDiscard(about)),
            RequestApproval: AvailableAction.From(ApprovalRights.ToAsk(actor) ?? over ?? Release(held)),
            Confirm: AvailableAction.From(CaseRights.ToConfirm(actor, about) ?? over
                ?? (command == CommandState.OutcomeUnknown ? null : Refusal.Conflict("The outcome of its command is known."))));
    }

    private static Refusal? Release(IReadOnlyList<HeldInvoice> held) =>
        held.Count == 0 ? Refusal.Conflict("No invoice of this order is held, so there is nothing to release.")
        : held.All(invoice => invoice.RequestedBy is not null)
            ? Refusal.Conflict($"{held[0].RequestedBy} has requested it already; it waits for a decision.")
        : null;
}
