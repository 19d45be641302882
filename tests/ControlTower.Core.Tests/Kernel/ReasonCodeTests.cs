using ControlTower.Core.Kernel;

namespace ControlTower.Core.Tests.Kernel;

public class ReasonCodeTests
{
    [Fact]
    public void Every_reason_has_a_title_an_owner_and_a_runbook_without_empty_steps()
    {
        foreach (var reason in ReasonCodes.All)
        {
            reason.Title.ShouldNotBeNullOrWhiteSpace(reason.Code);
            TeamRoles.RolesOf(reason.Team).Count.ShouldBe(1, reason.Code);
            reason.Runbook.ShouldNotBeEmpty(reason.Code);
            reason.Runbook.ShouldAllBe(step => step.Length > 0, reason.Code);
            reason.SlaHours.ShouldBeInRange(4, 72, reason.Code);
        }
    }

    [Fact]
    public void A_reason_is_found_by_its_code_and_an_unknown_one_belongs_to_integration()
    {
        ReasonCodes.Find(ReasonCodes.PodMissing).Code.ShouldBe("POD_MISSING");
        (ReasonCodes.Find("XYZ").Code, ReasonCodes.Find("XYZ").Team).ShouldBe((ReasonCodes.CodeUnmapped, Teams.Integration));
        (ReasonCodes.IsKnown("POD_MISSING"), ReasonCodes.IsKnown("XYZ"), ReasonCodes.IsKnown(null)).ShouldBe((true, false, false));
    }

    [Theory]
    [InlineData(Milestones.OrderAccepted, Teams.CustomerService)]
    [InlineData(Milestones.FulfilmentPicked, Teams.Warehouse)]
    [InlineData(Milestones.ShipmentReady, Teams.Warehouse)]
    [InlineData(Milestones.ShipmentShipped, Teams.Warehouse)]
    [InlineData(Milestones.ShipmentPickedUp, Teams.Logistics)]
    [InlineData(Milestones.DeliveryPod, Teams.Logistics)]
    [InlineData(Milestones.GoodsIssuePosted, Teams.Inventory)]
    [InlineData(Milestones.InvoiceIssued, Teams.Billing)]
    [InlineData(Milestones.PostingPosted, Teams.Finance)]
    [InlineData(Milestones.PaymentApplied, Teams.Finance)]
    [InlineData(Milestones.CommandFailed, Teams.Integration)]
    public void A_milestone_that_does_not_come_belongs_to_the_team_of_its_source(string milestone, string team)
        => ReasonCodes.TeamOfMilestone(milestone).ShouldBe(team);
}
