using ControlTower.Core.Kernel;

namespace ControlTower.Core.Tests.Kernel;

public class TeamRolesTests
{
    private static Actor With(params string[] roles) => new(1, "ann", Actor.Person, roles, [], [], null);

    [Theory]
    [InlineData(TowerRoles.WarehouseSupervisor, "warehouse inventory procurement")]
    [InlineData(TowerRoles.LogisticsCoordinator, "logistics")]
    [InlineData(TowerRoles.FinanceApprover, "finance tax billing credit payables")]
    [InlineData(TowerRoles.IntegrationOperator, "integration master-data customer-service")]
    [InlineData(TowerRoles.Administrator, "")]
    [InlineData(TowerRoles.Auditor, "")]
    public void A_role_works_the_queues_of_its_teams(string role, string teams) =>
        string.Join(' ', TeamRoles.For(With(role))).ShouldBe(teams);

    [Fact]
    public void Who_has_two_roles_works_the_queues_of_both()
        => TeamRoles.For(With(TowerRoles.LogisticsCoordinator, TowerRoles.WarehouseSupervisor))
            .ShouldBe(["logistics", "warehouse", "inventory", "procurement"]);

    [Fact]
    public void A_queue_is_worked_by_its_role_only()
    {
        TeamRoles.Works(With(TowerRoles.FinanceApprover), Teams.Tax).ShouldBeTrue();
        TeamRoles.Works(With(TowerRoles.FinanceApprover), Teams.Warehouse).ShouldBeFalse();
        TeamRoles.RolesOf(Teams.Tax).ShouldBe([TowerRoles.FinanceApprover]);
        TeamRoles.RolesOf("nobody").ShouldBeEmpty();
    }

    [Fact]
    public void Teams_are_listed_once_each_in_the_order_of_goods_and_money()
        => TeamRoles.All.ShouldBe([
            "warehouse", "inventory", "procurement", "logistics", "finance", "tax", "billing", "credit", "payables",
            "integration", "master-data", "customer-service",
        ]);
}
