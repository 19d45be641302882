using ControlTower.Core.Kernel;

namespace ControlTower.Web.Layout;

/// <summary>Display names of roles.</summary>
public static class RoleNames
{
    public static string For(string role) => role switch
    {
        TowerRoles.WarehouseSupervisor => "Warehouse supervisor",
        TowerRoles.LogisticsCoordinator => "Logistics coordinator",
        TowerRoles.FinanceApprover => "Finance approver",
        TowerRoles.IntegrationOperator => "Integration operator",
        _ => role,
    };
}
