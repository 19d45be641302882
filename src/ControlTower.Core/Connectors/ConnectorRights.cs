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
            : Refusal.Forbidden("Only an integration operator or an administrator pauses, resumes and polls connectors.");

    public static Refusal Unknown(string name) => Refusal.NotFound($"There is no connector {name}.");
}
