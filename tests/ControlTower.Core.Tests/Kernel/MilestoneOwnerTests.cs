using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;

namespace ControlTower.Core.Tests.Kernel;

public class MilestoneOwnerTests
{
    [Theory]
    [InlineData("order.", Roles.Erp)]
    [InlineData("fulfilment.", Roles.Wms)]
    [InlineData("goods-issue.", Roles.Erp)]
    [InlineData("invoice.", Roles.Billing)]
    [InlineData("posting.", Roles.Erp)]
    [InlineData("payment.", Roles.Erp)]
    [InlineData("freight.", Roles.Tms + " " + Roles.Carrier)]
    public void Milestones_of_one_scope_have_one_owner(string scope, string owners)
        => Milestones.All.Where(milestone => milestone.StartsWith(scope, StringComparison.Ordinal))
            .Select(milestone => string.Join(' ', Milestones.OwnersOf(milestone))).Distinct().ShouldBe([owners]);

    [Theory]
    [InlineData(Milestones.ShipmentShipped, "wms")]
    [InlineData(Milestones.ShipmentAccepted, "tms")]
    [InlineData(Milestones.ShipmentDelivered, "tms carrier")]
    [InlineData(Milestones.DeliveryPod, "tms carrier people")]
    [InlineData(Milestones.CommandAccepted, "tower people")]
    [InlineData(Milestones.CommandRejected, "tower")]
    [InlineData(Milestones.ApprovalGranted, "people")]
    [InlineData("order.lost", "")]
    public void A_milestone_is_owned_by_the_roles_that_decide_it(string milestone, string owners)
        => string.Join(' ', Milestones.OwnersOf(milestone)).ShouldBe(owners);

    [Fact]
    public void No_connector_can_report_what_the_tower_or_its_people_state()
        => Roles.Registrable.SelectMany(Milestones.OwnedBy).Distinct().Intersect([
            Milestones.CommandAccepted, Milestones.CommandRejected, Milestones.CommandUnknown, Milestones.CommandAbsent,
            Milestones.CommandReplayed, Milestones.ApprovalGranted,
        ]).ShouldBeEmpty();

    [Fact]
    public void Every_connector_can_report_that_a_command_failed() =>
        Roles.Registrable.ShouldAllBe(role => Milestones.Owns(role, Milestones.CommandFailed));

    [Theory]
    [InlineData(Roles.Wms, "release-fulfilment cancel-fulfilment")]
    [InlineData(Roles.Tms, "tender-shipment")]
    [InlineData(Roles.Erp, "post-goods-issue post-invoice update-order-status")]
    [InlineData(Roles.Billing, "create-invoice")]
    [InlineData(Roles.Carrier, "")]
    public void A_role_carries_out_its_commands(string role, string kinds) => string.Join(' ', CommandKinds.OfRole(role)).ShouldBe(kinds);

    [Fact]
    public void Commands_that_move_money_are_those_of_the_invoice()
    {
        CommandKinds.All.Where(CommandKinds.MovesMoney).ShouldBe(["create-invoice", "post-invoice"]);
        CommandKinds.All.Where(kind => !CommandKinds.HasSite(kind)).ShouldBe(["update-order-status"]);
        CommandKinds.RoleOf("make-coffee").ShouldBeNull();
    }
}
