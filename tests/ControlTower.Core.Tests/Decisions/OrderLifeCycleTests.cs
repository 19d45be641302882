using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Kernel;
using ControlTower.Core.Processes.SalesOrders;
using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Decisions;

public class OrderLifeCycleTests
{
    [Fact]
    public void An_accepted_order_is_released_and_nothing_else()
    {
        var decision = new Story().OneLine().Decide();

        decision.Commands.Select(c => c.Series).ShouldBe(["release-fulfilment:SO-1:WH1"]);
        decision.Summary.Stage.ShouldBe(TransactionStage.Accepted);
        decision.Summary.Health.ShouldBe(TransactionHealth.Ok);
    }

    [Fact]
    public void Each_document_leads_to_the_next()
    {
        var story = Story.UntilDelivered();
        story.Wanted("create-invoice", "SH-1").Amount.ShouldBe(100);

        story.At(41).Accept("create-invoice", "SH-1", "INV-1").Invoiced("INV-1", "SH-1", 100, 20);
        story.Decide().Summary.Stage.ShouldBe(TransactionStage.Invoiced);
        story.Wanted("post-invoice", "INV-1").Data.ShouldContain("\"postingDate\":\"2026-05-02\"");

        story.At(42).Accept("post-invoice", "INV-1", "JE-1").Posted("JE-1", "INV-1", 100);
        story.At(43).Accept("update-order-status");
        var end = story.Decide(10_000);
        end.Commands.ShouldBeEmpty();
        end.Conditions.ShouldBeEmpty();
        end.Holds.ShouldBeEmpty();
        end.DecideAgainAt.ShouldBeNull();
        end.Summary.Stage.ShouldBe(TransactionStage.Posted);
        end.Summary.Health.ShouldBe(TransactionHealth.Ok);
        (end.Summary.Invoiced, end.Summary.Posted, end.Summary.Late).ShouldBe((100, 100, false));
    }

    [Theory]
    [InlineData(0, TransactionStage.Accepted)]
    [InlineData(1, TransactionStage.Accepted)]
    [InlineData(2, TransactionStage.Released)]
    [InlineData(4, TransactionStage.Picked)]
    [InlineData(5, TransactionStage.Packed)]
    [InlineData(10, TransactionStage.Shipped)]
    [InlineData(40, TransactionStage.Delivered)]
    public void The_stage_follows_the_facts(double until, TransactionStage stage)
    {
        var story = Story.UntilDelivered();
        story.Facts.RemoveAll(fact =>
            fact.Time > StoryFacts.Hour(until) || (fact.Milestone == "command.accepted" && fact.Time >= StoryFacts.Hour(until)));

        story.Decide(until).Summary.Stage.ShouldBe(stage);
    }

    [Fact]
    public void The_view_finds_transport_by_the_tracking_number()
    {
        var shipment = Story.UntilDelivered().View.Shipments.Single();

        shipment.Trackings.ShouldBe(["TR-1"]);
        shipment.Loads.ShouldBe(["LD-1"]);
        shipment.DeliveredAt.ShouldBe(StoryFacts.Hour(40));
        shipment.GoodsIssuedAt.ShouldBe(StoryFacts.Hour(11));
    }
}
