using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;

namespace ControlTower.Core.Facts;

/// <summary>The two senders that are not registered: the tower's own outcomes, and the actions of its people.</summary>
public static class BuiltInConnectors
{
    public static ConnectorProfile Tower { get; } = Profile(Roles.Tower);

    public static ConnectorProfile People { get; } = Profile(Roles.People);

    /// <summary>The built-in profile of that name, or null.</summary>
    public static ConnectorProfile? Find(string name) => name switch
    {
        Roles.Tower => Tower,
        Roles.People => People,
        _ => null,
    };

    public static bool IsInternal(string connector) => connector is Roles.Tower or Roles.People;

    private static ConnectorProfile Profile(string role) => new(role, "internal", role, [], [], Milestones.OwnedBy(role), Paused: false);
}
