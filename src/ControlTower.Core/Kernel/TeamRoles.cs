namespace ControlTower.Core.Kernel;

/// <summary>Which role works which team's queue (practice, "Reason codes"); administrators and auditors read and work none.</summary>
public static class TeamRoles
{
    private static readonly Dictionary<string, string[]> ByRole = new(StringComparer.Ordinal)
    {
        [TowerRoles.WarehouseSupervisor] = [Teams.Warehouse, Teams.Inventory, Teams.Procurement],
        [TowerRoles.LogisticsCoordinator] = [Teams.Logistics],
        [TowerRoles.FinanceApprover] = [Teams.Finance, Teams.Tax, Teams.Billing, Teams.Credit, Teams.Payables],
        [TowerRoles.IntegrationOperator] = [Teams.Integration, Teams.MasterData, Teams.CustomerService],
    };

    /// <summary>Every team, in the order in which goods and money flow.</summary>
    public static IReadOnlyList<string> All { get; } = [.. ByRole.Values.SelectMany(teams => teams)];

    /// <summary>Teams whose queue the actor works.</summary>
    public static IReadOnlyList<string> For(Actor actor) =>
        [.. actor.Roles.SelectMany(role => ByRole.TryGetValue(role, out var teams) ? teams : [])];

    /// <summary>Whether the actor works this team's queue.</summary>
    public static bool Works(Actor actor, string team) => For(actor).Contains(team, StringComparer.Ordinal);

    /// <summary>Roles that work this team's queue; empty for an unknown team.</summary>
    public static IReadOnlyList<string> RolesOf(string team) =>
        [.. ByRole.Where(pair => pair.Value.Contains(team, StringComparer.Ordinal)).Select(pair => pair.Key)];
}
