using ControlTower.Core.Kernel;

namespace ControlTower.Web.Hosting.Setup;

/// <param name="Finds">What they find in the sandbox, for a newcomer who chooses whom to be.</param>
/// <param name="Area">A supervisor sees the sites of their area alone; null sees all.</param>
/// <param name="Limit">Up to which amount they approve.</param>
internal sealed record DemoAccount(
    string UserName, string DisplayName, string Role, string Finds, string? Area = null, decimal? Limit = null)
{
    /// <summary>The people to try the tower with; nobody holds two roles.</summary>
    public static IReadOnlyList<DemoAccount> All { get; } =
    [
        new("supervisor.east", "Erin East", TowerRoles.WarehouseSupervisor, "Refused releases and short picks of eastern sites", "east"),
        new("supervisor.west", "Wes West", TowerRoles.WarehouseSupervisor, "The same of the western sites", "west"),
        new("coordinator", "Cora Lane", TowerRoles.LogisticsCoordinator, "Overdue shipments and missing proofs of delivery"),
        new("finance1", "Finn Ledger", TowerRoles.FinanceApprover, "Held invoices and taxes, releases up to 1,000 USD", Limit: 1_000m),
        new("finance2", "Fay Treasure", TowerRoles.FinanceApprover, "The same, releases up to 100,000 USD", Limit: 100_000m),
        new("operator", "Ola Patch", TowerRoles.IntegrationOperator, "Systems in trouble and commands without an outcome"),
        new("admin", "Ada Root", TowerRoles.Administrator, "Everything, and the connectors to register and change"),
        new("auditor", "Audrey Trail", TowerRoles.Auditor, "Everything, to read, and the audit chains"),
    ];
}
