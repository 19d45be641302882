using ControlTower.Core.Kernel;

namespace ControlTower.Web.Hosting.Setup;

/// <param name="Area">A supervisor sees the sites of their area alone; null sees all.</param>
/// <param name="Limit">Up to which amount they approve.</param>
internal sealed record DemoAccount(string UserName, string DisplayName, string Role, string? Area = null, decimal? Limit = null)
{
    /// <summary>The people to try the tower with; nobody holds two roles.</summary>
    public static IReadOnlyList<DemoAccount> All { get; } =
    [
        new("supervisor.east", "Erin East", TowerRoles.WarehouseSupervisor, "east"),
        new("supervisor.west", "Wes West", TowerRoles.WarehouseSupervisor, "west"),
        new("coordinator", "Cora Lane", TowerRoles.LogisticsCoordinator),
        new("finance1", "Finn Ledger", TowerRoles.FinanceApprover, Limit: 1_000m),
        new("finance2", "Fay Treasure", TowerRoles.FinanceApprover, Limit: 100_000m),
        new("operator", "Ola Patch", TowerRoles.IntegrationOperator),
        new("admin", "Ada Root", TowerRoles.Administrator),
        new("auditor", "Audrey Trail", TowerRoles.Auditor),
    ];
}
