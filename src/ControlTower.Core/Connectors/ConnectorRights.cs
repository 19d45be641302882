using ControlTower.Core.Kernel;

namespace ControlTower.Core.Connectors;

/// <summary>Who may do what with connectors, checked where it is done.</summary>
public static class ConnectorRights
{
    public static Refusal? ToRegister(Actor actor) =>
        actor == Actor.Tower || actor.Is(TowerRoles.Administrator)
            ? null
            : Refusal.Forbidden("Only an administrator registers connectors and sets modes.");

    public static Refusal? ToOperate(Actor actor) =>
        actor == Actor.Tower || actor.Is(TowerRoles.Administrator) || actor.Is(TowerRoles.IntegrationOperator)
            ? null
            : Refusal.Forbidden("Only an integration operator or an administrator does that with a connector.");

    /// <summary>A coordinator asks carriers again: those connectors alone that report transport.</summary>
    /// <param name="role">Of the connector, of <see cref="Roles"/>; null when it is unknown.</param>
    public static Refusal? ToPoll(Actor actor, string? role) =>
        ToOperate(actor) is null || (actor.Is(TowerRoles.LogisticsCoordinator) && role is Roles.Carrier or Roles.Tms)
            ? null
            : Refusal.Forbidden(
                "Only an integration operator or an administrator polls this connector; a logistics coordinator polls those of transport.");

    public static Refusal Unknown(string name) => Refusal.NotFound($"There is no connector {name}.");
}
