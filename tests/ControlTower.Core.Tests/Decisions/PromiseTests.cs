using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Decisions;

/// <summary>The order of <see cref="Story"/> is promised for 10 May, 12:00.</summary>
public class PromiseTests
{
    private const double Promised = (9 * 24) + 4;
    private const double Grace = 4;

    [Fact]
    public void An_undelivered_order_is_late_from_its_promise_and_is_decided_again_then()
    {
        var story = UnderWay();

        var before = story.Decide(Promised - 0.1);
        (before.Summary.Late, before.DecideAgainAt).ShouldBe((false, StoryFacts.Hour(Promised)));
        var after = story.Decide(Promised);
        (after.Summary.Late, after.Summary.AtRisk, after.DecideAgainAt).ShouldBe((true, false, StoryFacts.Hour(Promised + Grace)));
        after.Conditions.ShouldBeEmpty();
        after.Commands.Select(c => c.Series).ShouldBe(before.Commands.Select(c => c.Series));
    }

    [Theory]
    [InlineData(Promised, false)]
    [InlineData(Promised + 1, true)]
    public void A_delivered_order_is_late_when_it_was_delivered_after_the_promise(double deliveredAt, bool isLate)
    {
        var story = UnderWay().At(deliveredAt).Road("shipment.delivered", "TR-1");

        story.Decide(5_000).Summary.Late.ShouldBe(isLate);
    }

    [Fact]
    public void An_estimate_after_the_promise_puts_an_order_at_risk_until_it_is_late_or_delivered()
    {
        var story = UnderWay();
        story.Decide().Summary.AtRisk.ShouldBeFalse();

        story.Estimate(Promised + 1);
        Flags(story.Decide()).ShouldBe((false, true));
        story.Decide().Summary.Health.ShouldBe(TransactionHealth.Ok);
        Flags(story.Decide(Promised)).ShouldBe((true, false));

        story.Road("shipment.delivered", "TR-1");
        Flags(story.Decide(Promised)).ShouldBe((false, false));
    }

    [Fact]
    public void An_estimate_within_the_promise_ends_the_risk()
    {
        var story = UnderWay().Estimate(Promised + 1);
        story.Decide().Summary.AtRisk.ShouldBeTrue();

        story.At(210).Estimate(Promised).Decide().Summary.AtRisk.ShouldBeFalse();
    }

    [Fact]
    public void An_overdue_promise_is_a_condition_of_logistics_after_its_grace_period()
    {
        var story = UnderWay();

        story.Decide(Promised + Grace - 0.1).Conditions.ShouldBeEmpty();
        var decision = story.Decide(Promised + Grace);
        var open = decision.Conditions.Single();
        (open.ReasonCode, open.Team ?? ReasonCodes.Find(open.ReasonCode).Team).ShouldBe(("PROMISE_OVERDUE", "logistics"));
        (open.Document, open.Site, open.Connector, open.AmountAtRisk,
            open.Since).ShouldBe(("SO-1", "WH1", "fast", 100, StoryFacts.Hour(Promised + Grace)));
        open.Message.ShouldBe("20 EA of line 1 (I-1) were promised for 10 May and are not delivered.");
        decision.Summary.Health.ShouldBe(TransactionHealth.Attention);
    }

    [Fact]
    public void An_overdue_promise_is_closed_by_the_delivery() =>
        Settles(story => story.Road("shipment.delivered", "TR-1"));

    [Fact]
    public void An_overdue_promise_is_closed_by_another_promise() =>
        Settles(story => story.Order([Story.Line("1", 20, 100)], version: 2, milestone: "order.changed", promise: "2026-06-10T12:00:00Z"));

    [Fact]
    public void An_overdue_promise_is_closed_by_the_cancellation_of_the_order() =>
        Settles(story => story.Tell("erp", "order.cancelled", "SO-1", new { reason = "no more" }));

    [Fact]
    public void A_promise_is_overdue_for_the_part_that_is_not_delivered()
    {
        var story = new Story().OneLine().Accept("release-fulfilment", "WH1", "FO-1")
            .Shipped("SH-1", 15, tracking: "TR-1").Shipped("SH-2", 5, tracking: "TR-2").At(2).Road("shipment.picked-up", "TR-2")
            .At(Promised - 1).Road("shipment.delivered", "TR-1").Road("shipment.out-for-delivery", "TR-2");

        var open = story.Decide(Promised + Grace).Conditions.Single(c => c.ReasonCode == "PROMISE_OVERDUE");
        open.Message.ShouldStartWith("5 EA of line 1 (I-1) were promised for 10 May");
        open.AmountAtRisk.ShouldBe(25);
    }

    [Fact]
    public void A_promise_of_a_bare_date_ends_with_the_day_at_the_site()
    {
        var story = new Story().Order([Story.Line("1", 20, 100)], promise: "2026-05-10");

        // The site is in São Paulo: its midnight is three o'clock in the morning.
        story.Decide((9 * 24) + 18.9).Summary.Late.ShouldBeFalse();
        story.Decide((9 * 24) + 19).Summary.Late.ShouldBeTrue();
        story.Decide((9 * 24) + 19 + Grace).Conditions
            .Single(c => c.ReasonCode == "PROMISE_OVERDUE").Message
            .ShouldContain("promised for 10 May");
    }

    [Fact]
    public void An_order_stopped_by_a_commercial_hold_is_late_and_opens_no_condition()
    {
        var story = new Story()
            .OneLine()
            .Tell("erp", "order.held", "SO-1", new { hold = new { id = "H1", code = "X", stops = "release" } });

        story.Decide(5_000).Summary.Late.ShouldBeTrue();
        story.Decide(5_000).Conditions.ShouldBeEmpty();
    }

    [Fact]
    public void Where_nobody_reports_deliveries_a_promise_is_kept_by_shipping()
    {
        var landscape = new SystemTopology(
            [Landscapes.Connector("erp", "erp"), Landscapes.Connector("wms", "wms"), Landscapes.Connector("billing", "billing")], [],
            new Dictionary<string, SiteProfile>());
        var story = new Story(landscape).OneLine().Accept("release-fulfilment", "WH1", "FO-1");

        story.Decide(Promised + Grace).Conditions.ShouldContain(c => c.ReasonCode == "PROMISE_OVERDUE");
        var shipped = story.At(10).Shipped("SH-1", 20).Decide(Promised + Grace);
        shipped.Summary.Late.ShouldBeFalse();
        shipped.Conditions.ShouldNotContain(c => c.ReasonCode == "PROMISE_OVERDUE");
    }

    /// <summary>Picked up, with a report shortly before the promise.</summary>
    private static Story UnderWay()
    {
        var story = Story.UntilShipped().At(11).Accept(CommandKinds.PostGoodsIssue, "SH-1", "GI-SH-1").GoodsIssued("SH-1", 20);
        return story.At(12).Road("shipment.picked-up", "TR-1").At(200).Road("shipment.out-for-delivery", "TR-1");
    }

    private static (bool Late, bool AtRisk) Flags(Decision decision) => (decision.Summary.Late, decision.Summary.AtRisk);

    private static void Settles(Func<Story, Story> settle)
    {
        var story = UnderWay();
        Overdue(story).ShouldBeTrue();
        Overdue(settle(story)).ShouldBeFalse();
    }

    private static bool Overdue(Story story) => story.Decide(Promised + Grace).Conditions.Any(c => c.ReasonCode == "PROMISE_OVERDUE");
}

file static class Estimates
{
    public static Story Estimate(this Story story, double hour) => story.Tell(
        "tms", "shipment.estimate", "LD-1",
        new { references = new { shipment = "SH-1" }, estimatedDelivery = StoryFacts.Hour(hour).ToString("O") });
}
