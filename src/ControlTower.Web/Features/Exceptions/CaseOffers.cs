using ControlTower.Core.Approvals;
using ControlTower.Core.Exceptions;
using ControlTower.Core.Identity;
using ControlTower.Core.Inbox;
using ControlTower.Core.Outbox;
using ControlTower.Core.Replay;

namespace ControlTower.Web.Features.Exceptions;

/// <summary>Which acts are possible now for this actor, by the same rules that the acts themselves ask.</summary>
internal static class CaseOffers
{
    public static CaseActions Of(ExceptionCase about, Actor actor, CommandState? command, InboxState? message, bool polled, decimal held, string? askedBy)
    {
        var over = about.State == CaseState.Resolved ? Refusal.Conflict("This exception is resolved.") : null;
        return new CaseActions(
            Take: Offer.From(CaseRights.ToWork(actor, about) ?? over ?? (about.Assignee == actor.Name ? Refusal.Conflict("You have it already.") : null)),
            Assign: Offer.From(CaseRights.ToAssign(actor, about) ?? over),
            Replay: Offer.From(CaseRights.ToReplay(actor, about) ?? Replayable.Refuse(about, command, message, polled)),
            Resolve: Offer.From(CaseRights.ToWork(actor, about) ?? over ?? CaseResolving.RefuseOrigin(about)),
            RequestApproval: Offer.From(ApprovalRights.ToAsk(actor) ?? over ?? Release(held, askedBy)),
            Confirm: Offer.From(CaseRights.ToConfirm(actor, about) ?? over
                ?? (command == CommandState.Parked ? null : Refusal.Conflict("The outcome of its command is not in doubt."))));
    }

    private static Refusal? Release(decimal held, string? askedBy) =>
        held <= 0 ? Refusal.Conflict("No invoice of this order is held, so there is nothing to release.")
        : askedBy is not null ? Refusal.Conflict($"{askedBy} has asked for it already; it waits for a decision.")
        : null;
}
