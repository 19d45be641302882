using ControlTower.Core.Cases;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Outbox;

namespace ControlTower.Core.Replay;

/// <summary>
/// Whether what a case is about can be put back now. Pure; used by the action and by the page that offers it.
/// </summary>
public static class Replayable
{
    /// <summary>Null when a replay would have an effect.</summary>
    /// <param name="command">State of the latest command of the case's series, if the case is about a command.</param>
    /// <param name="message">State of the case's message, if it is about one.</param>
    /// <param name="polled">The case's connector is polled.</param>
    public static Refusal? Refuse(ExceptionCase about, CommandState? command, InboxState? message, bool polled) =>
        (about, command, message) switch
    {
        ({ State: >= CaseState.Resolved }, _, _) => CaseRefusals.Over(about.State),
        ({ Origin: CaseOrigin.Connector }, _, _) => null,
        ({ Origin: CaseOrigin.Routing }, _, _) => CaseRefusals.RoutingClosesItself,
        ({ Origin: CaseOrigin.Message, Payload: not null }, _, _) => ReplayRefusals.Conflicting,
        ({ CommandId: not null }, { } state, _) => OfCommand(state),
        ({ MessageId: not null, Origin: CaseOrigin.Message }, _, { } state) => OfMessage(state),
        _ => polled ? null : ReplayRefusals.NothingSent,
    };

    private static Refusal? OfCommand(CommandState state) => state switch
    {
        CommandState.Rejected or CommandState.OutcomeUnknown or CommandState.Accepted or CommandState.Absent => null,
        CommandState.Pending or CommandState.Sending => ReplayRefusals.UnderWay,
        CommandState.Unrouted => CaseRefusals.RoutingClosesItself,
        CommandState.LookingUp => ReplayRefusals.BeingLookedUp,
        _ => ReplayRefusals.Withdrawn,
    };

    private static Refusal? OfMessage(InboxState state) => state switch
    {
        InboxState.Failed or InboxState.Deferred => null,
        InboxState.Pending => ReplayRefusals.UnderWay,
        InboxState.Discarded => ReplayRefusals.Discarded,
        _ => ReplayRefusals.Applied,
    };
}
