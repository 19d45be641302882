using ControlTower.Core.Kernel;

namespace ControlTower.Web.Layout;

/// <summary>Roles in the words of people.</summary>
public static class RoleNames
{
    public static string Of(string role) => role switch
    {
        TowerRoles.WarehouseSupervisor => "Warehouse supervisor",
        TowerRoles.LogisticsCoordinator => "Logistics coordinator",
        TowerRoles.FinanceApprover => "Finance approver",
        TowerRoles.IntegrationOperator => "Integration operator",
        _ => role,
    };
}
