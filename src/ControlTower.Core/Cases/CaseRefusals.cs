using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Cases;

namespace ControlTower.Core.Cases;

/// <summary>Why something is not done with a case, as sentences for people.</summary>
public static class CaseRefusals
{
    public static Refusal NotFound { get; } = Refusal.NotFound("There is no such exception.");

    public static Refusal Resolved { get; } = Refusal.Conflict("This exception is resolved already.");

    public static Refusal Waived { get; } = Refusal.Conflict("This exception is waived already; take it to work on it again.");

    public static Refusal Discarded { get; } = Refusal.Conflict("The message of this exception is discarded already.");

    public static Refusal DiscardInstead { get; } = Refusal.Conflict("This exception is about a message: it is discarded, not waived.");

    public static Refusal WaiveInstead { get; } = Refusal.Conflict(
        "This exception is a condition, not a message: it is waived, not discarded.");

    /// <summary>Why no action is possible on a case in this state; null while it is open work.</summary>
    public static Refusal? Over(CaseState state) => state switch
    {
        CaseState.Resolved => Resolved,
        CaseState.Waived => Waived,
        CaseState.Discarded => Discarded,
        _ => null,
    };

    public static Refusal Changed { get; } = Refusal.Conflict("Somebody else changed this exception just now; look again.");

    public static Refusal NoReason { get; } = Refusal.Invalid("Say why, in one sentence of at most 1,000 characters.");

    public static Refusal HeldBy(string assignee) =>
        Refusal.Conflict($"{assignee} has taken this exception already; assign it to yourself by name to take it over.");

    public static Refusal NoSuchPerson(string name) => Refusal.Invalid($"{name} is not an active account.");

    public static Refusal WrongTeam(string name, string team) =>
        Refusal.Invalid($"{name} does not work the {team.Replace('-', ' ')} team's queue.");

    public static Refusal NoSuchTeam(string team) => Refusal.Invalid($"There is no team {team}.");

    public static Refusal ConnectorClosesItself { get; } = Refusal.Conflict(
        "This exception closes by itself when the system answers again: fix the connection and replay it.");

    public static Refusal RoutingClosesItself { get; } = Refusal.Conflict(
        "This exception closes by itself when a connector takes what waits: register one, or let one that exists take it.");

    public static Refusal MessageUnderWay { get; } = Refusal.Conflict(
        "Its message is being processed again just now; look again in a moment.");
}
