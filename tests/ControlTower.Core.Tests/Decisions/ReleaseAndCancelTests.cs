using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Decisions;

public class ReleaseAndCancelTests
{
    [Fact]
    public void Each_site_gets_a_release_of_its_own_lines()
    {
        var story = new Story().Order([Story.Line("1", 5, 10), Story.Line("2", 3, 20, "WH2")]);

        story.Decide().Commands.Select(c => c.Part).ShouldBe(["WH1", "WH2"]);
        story.Wanted("release-fulfilment", "WH2").Data.ShouldBe(
            """{"references":{"order":"SO-1"},"site":"WH2","requestedDelivery":"2026-05-10T12:00:00Z","lines":[{"line":"2","item":"I-2","quantity":3,"unit":"EA"}]}""");
    }

    [Theory]
    [InlineData("release", 0)]
    [InlineData("shipment", 1)]
    [InlineData("invoice", 1)]
    [InlineData("posting", 1)]
    public void Only_a_hold_on_release_stops_the_release(string stops, int commands)
    {
        var story = new Story()
            .OneLine()
            .Tell("erp", "order.held", "SO-1", new { hold = new { id = "H1", code = "CREDIT", reason = "limit", stops } });

        story.Decide().Commands.Count.ShouldBe(commands);
        story.Decide().Summary.Health.ShouldBe(TransactionHealth.Held);
        story.Decide().Conditions.ShouldBeEmpty();
    }

    [Fact]
    public void A_released_hold_stops_nothing_whichever_fact_came_first()
    {
        var story = new Story()
            .OneLine()
            .Tell("erp", "order.held", "SO-1", new { hold = new { id = "H1", code = "CREDIT", stops = "release" } })
            .Tell("erp", "order.released", "SO-1", new { hold = new { id = "H1" } });
        story.Facts.Reverse();

        story.Decide().Commands.Single().Kind.ShouldBe("release-fulfilment");
        story.Decide().Holds.ShouldBeEmpty();
    }

    [Fact]
    public void A_hold_of_one_line_does_not_stop_the_others()
    {
        var story = new Story().Order([Story.Line("1", 5, 10), Story.Line("2", 3, 20, "WH2")])
            .Tell("erp", "order.held", "SO-1", new { hold = new { id = "H1", code = "CREDIT", stops = "release", lines = new[] { "1" } } });

        story.Decide().Commands.Select(c => c.Part).ShouldBe(["WH2"]);
    }

    [Fact]
    public void A_release_is_wanted_until_it_was_accepted_whatever_the_warehouse_reports()
    {
        var story = new Story().OneLine().Step("fulfilment.picked", "FO-1", 20);

        story.Wanted("release-fulfilment").ShouldNotBeNull();
    }

    [Fact]
    public void A_quantity_added_to_the_order_is_released_under_the_next_number()
    {
        var story = new Story().OneLine(20).Accept("release-fulfilment", "WH1", "FO-1").At(1)
            .Order([Story.Line("1", 25, 125)], 125, version: 2, milestone: "order.changed");

        story.Wanted("release-fulfilment").Data.ShouldContain("\"quantity\":5,");
    }

    [Fact]
    public void A_lower_version_that_comes_later_changes_nothing()
    {
        var story = new Story().Order([Story.Line("1", 25, 125)], 125, version: 10, milestone: "order.changed").At(1).OneLine(20);

        story.View.Order!.Version.ShouldBe("10");
    }

    [Fact]
    public void An_order_cancelled_before_release_is_cancelled()
    {
        var decision = new Story().OneLine().Tell("erp", "order.cancelled", "SO-1", new { reason = "no more" }).Decide();

        decision.Summary.Stage.ShouldBe(TransactionStage.Cancelled);
        decision.Commands.Select(c => c.Kind).ShouldBe(["update-order-status"]);
    }

    [Fact]
    public void An_order_cancelled_after_release_is_cancelled_when_the_warehouse_confirms()
    {
        var story = new Story().OneLine().Accept("release-fulfilment", "WH1", "FO-1").At(1).Step("fulfilment.allocated", "FO-1", 20)
            .Tell("erp", "order.cancelled", "SO-1", new { reason = "no more" });
        story.Wanted("cancel-fulfilment", "FO-1").Data
            .ShouldBe("""{"references":{"order":"SO-1","fulfilment":"FO-1"},"reason":"no more"}""");
        story.Decide().Summary.Stage.ShouldBe(TransactionStage.Released);

        story.At(2).Accept("cancel-fulfilment", "FO-1");
        story.Decide().Commands.ShouldNotContain(c => c.Kind == "cancel-fulfilment");
        story.Decide(2 + 24).Conditions.Single().ReasonCode.ShouldBe("EXPECTED_MISSING");

        story.At(3).Tell("wms", "fulfilment.cancelled", "FO-1", new { reason = "no more" });
        story.Decide(400).Conditions.ShouldBeEmpty();
        story.Decide().Summary.Stage.ShouldBe(TransactionStage.Cancelled);
    }

    [Fact]
    public void A_cancellation_that_the_warehouse_rejects_needs_a_person()
    {
        var story = new Story().OneLine().Accept("release-fulfilment", "WH1", "FO-1").At(1)
            .Tell("erp", "order.cancelled", "SO-1", new { }).Accept("cancel-fulfilment", "FO-1")
            .Tell("wms", "fulfilment.cancel-rejected", "FO-1", new { reason = "packed" });

        story.Decide().Conditions.Single().ReasonCode.ShouldBe("CHANGE_AFTER_PICK");
        story.Decide().Commands.ShouldNotContain(c => c.Kind == "cancel-fulfilment");
    }

    [Fact]
    public void A_shipped_fulfilment_is_not_cancelled()
    {
        var story = Story.UntilShipped().At(11).Tell("erp", "order.cancelled", "SO-1", new { });

        var decision = story.Decide();
        decision.Commands.ShouldNotContain(c => c.Kind == "cancel-fulfilment" || c.Kind == "create-invoice");
        decision.Conditions.ShouldContain(c => c.ReasonCode == "CHANGE_AFTER_PICK");
    }

    [Fact]
    public void A_reduced_quantity_is_cancelled_line_by_line()
    {
        var story = new Story().OneLine(20).Accept("release-fulfilment", "WH1", "FO-1").At(1)
            .Order([Story.Line("1", 15, 75)], 75, version: 2, milestone: "order.changed");

        story.Wanted("cancel-fulfilment", "FO-1").Data.ShouldContain("\"lines\":[{\"line\":\"1\",\"quantity\":5}]");
        story.Accept("cancel-fulfilment", "FO-1").Decide().Commands.ShouldNotContain(c => c.Kind == "cancel-fulfilment");
        story.At(2).Tell("wms", "fulfilment.cancelled", "FO-1", new { lines = new[] { new { line = "1", quantity = 5 } } });
        story.View.Lines.Single().Released.ShouldBe(15);
        story.Decide().Commands.ShouldNotContain(c => c.Kind == "cancel-fulfilment" || c.Kind == "release-fulfilment");
    }

    [Fact]
    public void A_fulfilment_cancelled_without_a_request_waits_for_a_person()
    {
        var story = new Story().OneLine().Accept("release-fulfilment", "WH1", "FO-1").At(1)
            .Tell("wms", "fulfilment.cancelled", "FO-1", new { reason = "burnt down" });

        var condition = story.Decide().Conditions.Single();
        (condition.ReasonCode, condition.CommandKey).ShouldBe(("STOCK_UNAVAILABLE", "release-fulfilment:SO-1:WH1/1"));
        story.Decide().Commands.ShouldBeEmpty();
        story.Replay(condition.CommandKey!).Wanted("release-fulfilment").ShouldNotBeNull();
    }

    [Fact]
    public void A_command_that_no_connector_takes_is_still_wanted_and_needs_attention()
    {
        var bare = new SystemTopology([Landscapes.Connector("erp", "erp")], [], new Dictionary<string, SiteProfile>());

        var decision = new Story(bare).OneLine().Decide();

        decision.Commands.ShouldContain(command => command.Kind == "release-fulfilment");
        decision.Conditions.ShouldBeEmpty("the gap is one case for all orders");
        decision.Summary.Health.ShouldBe(TransactionHealth.Attention);
    }
}
