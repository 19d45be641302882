using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Cases;

namespace ControlTower.Core.Cases;

/// <summary>Who may do what with a case. Pure; used by the action and by the page that offers it.</summary>
public static class CaseRights
{
    /// <summary>Take, note, waive, discard: the people of the case's team.</summary>
    public static Refusal? ToWork(Actor actor, ExceptionCase about) =>
        ReadsOnly(actor) ?? (TeamRoles.Works(actor, about.Team) ? null : Others(about));

    /// <summary>Assign and hand over: the team, and the integration operator, who sorts what landed in the wrong queue.</summary>
    public static Refusal? ToAssign(Actor actor, ExceptionCase about) =>
        actor.Is(TowerRoles.IntegrationOperator) ? null : ToWork(actor, about);

    /// <summary>
    /// Replay: the team, and the integration operator for every team. A replay sends the same content through the same
    /// validation, so it takes no decision.
    /// </summary>
    public static Refusal? ToReplay(Actor actor, ExceptionCase about) =>
        actor.Is(TowerRoles.IntegrationOperator) ? null : ToWork(actor, about);

    /// <summary>
    /// Report the outcome of a command whose outcome is unknown: the integration operator and the case's team.
    /// </summary>
    public static Refusal? ToConfirm(Actor actor, ExceptionCase about) => ToReplay(actor, about);

    private static Refusal? ReadsOnly(Actor actor) =>
        TeamRoles.For(actor).Count > 0
            ? null
            : Refusal.Forbidden(actor.Is(TowerRoles.Auditor)
                ? "An auditor reads everything and changes nothing."
                : "This account works no team's queue; ask somebody of the case's team.");

    private static Refusal Others(ExceptionCase about) =>
        Refusal.Forbidden($"This case belongs to the {TeamName(about.Team)} team; only its people work it.");

    private static string TeamName(string team) => team.Replace('-', ' ');
}
