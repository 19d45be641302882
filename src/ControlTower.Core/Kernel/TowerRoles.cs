namespace ControlTower.Core.Kernel;

/// <summary>Roles of people and keys, as the API names them.</summary>
public static class TowerRoles
{
    public const string WarehouseSupervisor = "WarehouseSupervisor";
    public const string LogisticsCoordinator = "LogisticsCoordinator";
    public const string FinanceApprover = "FinanceApprover";
    public const string IntegrationOperator = "IntegrationOperator";
    public const string Administrator = "Administrator";
    public const string Auditor = "Auditor";

    public static IReadOnlyList<string> All { get; } =
        [WarehouseSupervisor, LogisticsCoordinator, FinanceApprover, IntegrationOperator, Administrator, Auditor];

    /// <summary>What a machine may be: business roles belong to people.</summary>
    public static IReadOnlyList<string> OfKeys { get; } = [Administrator, IntegrationOperator, Auditor];
}
