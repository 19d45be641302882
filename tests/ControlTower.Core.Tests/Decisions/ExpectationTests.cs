using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Decisions;

public class ExpectationTests
{
    /// <summary>The last report, the hour at which its clock runs out, and the reason code of the condition.</summary>
    public static TheoryData<string, double, string> Clocks => new()
    {
        { "command.accepted release", 1 + 24, "EXPECTED_MISSING" },
        { "fulfilment.allocated", 2 + 48, "EXPECTED_MISSING" },
        { "fulfilment.picked", 4 + 48, "EXPECTED_MISSING" },
        { "fulfilment.packed", 5 + 48, "EXPECTED_MISSING" },
        { "command.accepted tender", 7 + 12, "EXPECTED_MISSING" },
        { "shipment.accepted", 8 + 96, "SHIP_CONFIRM_LATE" },
        { "shipment.shipped", 10 + 48, "EXPECTED_MISSING" },
        { "shipment.picked-up", 12 + 96, "TRACKING_SILENT" },
    };

    [Theory]
    [MemberData(nameof(Clocks))]
    public void A_milestone_that_is_overdue_opens_a_condition_that_closes_when_it_comes(string last, double due, string reason)
    {
        var whole = Story.UntilDelivered();
        var story = new Story();
        story.Facts.AddRange(whole.Facts.Take(1 + whole.Facts.FindIndex(fact =>
            $"{fact.Milestone} {fact.Data.Command?.Kind.Split('-')[0]}".Trim() == last)));

        var before = story.Decide(due - 0.01);
        before.Conditions.ShouldBeEmpty();
        before.DecideAgainAt.ShouldBe(StoryFacts.Hour(due));
        var opened = story.Decide(due).Conditions.Single();
        opened.ReasonCode.ShouldBe(reason);
        opened.Message.ShouldContain("since 1 May");
        story.Decide(due).Commands.Select(c => c.Series).ShouldBe(before.Commands.Select(c => c.Series));

        story.Facts.AddRange(whole.Facts);
        story.Decide(due).Conditions.ShouldNotContain(c => c.Key == opened.Key);
    }

    [Fact]
    public void A_milestone_that_nobody_reports_is_not_expected()
    {
        var landscape = new SystemTopology(
            [
                Landscapes.Connector("erp", "erp"), Landscapes.Connector("wms", "wms", "shipment.ready", "shipment.shipped"),
                Landscapes.Connector("tms", "tms", "shipment.estimate"),
                Landscapes.Connector("fast", "carrier", "shipment.estimate"), Landscapes.Connector("billing", "billing"),
            ], [], new Dictionary<string, SiteProfile>());
        var story = new Story(landscape).OneLine().Accept("release-fulfilment", "WH1", "FO-1");

        story.Decide(40).Conditions.ShouldBeEmpty();
        story.Decide(48).Conditions.Single().Key.ShouldBe("EXPECTED_MISSING:shipment.ready:FO-1");
    }

    [Fact]
    public void A_hold_stops_the_clocks_of_the_steps_that_it_stops()
    {
        var story = new Story().OneLine().Accept("release-fulfilment", "WH1", "FO-1")
            .Tell("erp", "order.held", "SO-1", new { hold = new { id = "H1", code = "X", stops = "release" } });

        story.Decide(5_000).Conditions.ShouldBeEmpty();
    }

    [Fact]
    public void A_shortage_stays_open_until_the_rest_is_picked()
    {
        var story = new Story().OneLine(20, 100).Accept("release-fulfilment", "WH1", "FO-1").At(2).Step("fulfilment.allocated", "FO-1", 20)
            .Tell("wms", "fulfilment.short", "FO-1",
                new { lines = new[] { new { line = "1", missing = 2, reason = "bin empty", then = "backorder" } } })
            .At(3).Step("fulfilment.picked", "FO-1", 18).Step("fulfilment.packed", "FO-1", 18).Ready("SH-1", 18).Shipped("SH-1", 18);
        var open = story.Decide(3).Conditions.Single();
        (open.ReasonCode, open.AmountAtRisk).ShouldBe(("PICK_SHORT", 10));
        open.Message.ShouldBe("2 EA of line 1 (I-1) are missing at site WH1 (bin empty); it stays owed.");

        story.At(4).Step("fulfilment.picked", "FO-1", 20);
        story.Decide(4).Conditions.ShouldBeEmpty();
    }

    [Fact]
    public void A_shortage_that_is_given_up_is_no_longer_owed()
    {
        var story = new Story().OneLine(20, 100).Accept("release-fulfilment", "WH1", "FO-1").At(2)
            .Tell("wms", "fulfilment.short", "FO-1", new { lines = new[] { new { line = "1", missing = 2, then = "cancel" } } })
            .Step("fulfilment.picked", "FO-1", 18);

        story.View.Lines.Single().Owed.ShouldBe(18);
        story.Decide().Summary.Stage.ShouldBe(Core.Kernel.TransactionStage.Picked);
        story.Order([Story.Line("1", 18, 90)], 90, version: 2, milestone: "order.changed");
        story.View.Lines.Single().Owed.ShouldBe(18);
        story.Decide().Commands.ShouldNotContain(c => c.Kind == "cancel-fulfilment");
    }

    [Fact]
    public void Two_contents_for_one_state_entry_open_a_conflict_for_the_sender()
    {
        var story = new Story().OneLine();
        story.Facts.Add(story.Say.Fact("wms", "fulfilment.cancelled", "FO-1", 1, new { reason = "a" }, sequence: 1));
        story.Facts.Add(story.Say.Fact("wms", "fulfilment.cancelled", "FO-1", 1, new { reason = "b" }, sequence: 1));

        story.Decide().Conditions.Single().ReasonCode.ShouldBe("CONTENT_CONFLICT");
    }

    [Fact]
    public void A_shipment_without_a_tracking_number_is_a_condition_after_its_grace_period_until_the_number_comes()
    {
        var story = new Story().OneLine().Accept("release-fulfilment", "WH1", "FO-1").At(10).Shipped("SH-1", 20);

        story.Decide(10 + 11.9).Conditions.ShouldBeEmpty();
        story.Decide(10 + 11.9).DecideAgainAt.ShouldBe(StoryFacts.Hour(10 + 12));
        var open = story.Decide(10 + 12).Conditions.Single();
        (open.ReasonCode, open.Team ?? ReasonCodes.Find(open.ReasonCode).Team,
            open.Document).ShouldBe(("TRACKING_MISSING", "logistics", "SH-1"));
        open.Message.ShouldBe("Shipment SH-1 left without a tracking number on 1 May.");

        story.At(23)
            .Tell("tms", "shipment.accepted", "LD-1", new { references = new { shipment = "SH-1" }, carrier = "fast", tracking = "TR-1" });
        story.Decide().Conditions.ShouldBeEmpty();
    }

    [Fact]
    public void A_tracking_number_is_not_expected_where_nobody_reports_transport()
    {
        var landscape = new SystemTopology(
            [Landscapes.Connector("erp", "erp"), Landscapes.Connector("wms", "wms"), Landscapes.Connector("billing", "billing")], [],
            new Dictionary<string, SiteProfile>());
        var story = new Story(landscape).OneLine().Accept("release-fulfilment", "WH1", "FO-1").At(10).Shipped("SH-1", 20);

        story.Decide(30).Conditions.ShouldBeEmpty();
    }
}
