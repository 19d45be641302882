using ControlTower.Core.Processes.SalesOrders;
using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Transactions;

/// <summary>What a warehouse confirms as cancelled, and when that undoes the release.</summary>
public class FulfilmentCancellationTests
{
    [Fact]
    public void What_has_shipped_of_a_fulfilment_is_not_cancelled()
    {
        var story = Released().Accepted("cancel-fulfilment", "FO-1").Shipment("shipment.shipped", "SH-1", ["1:6"], fulfilment: "FO-1")
            .Shipment("shipment.ready", "SH-2", ["1:2"], site: "WH1", fulfilment: "FO-1")
            .Shipment("shipment.shipped", "SH-3", ["1:3"], fulfilment: "FO-2").Tell("wms", "fulfilment.cancelled", "FO-1", new { });

        Find(story, "FO-1").Cancelled.ShouldBe([new QuantityView("1", 14), new QuantityView("2", 8)]);
    }

    [Fact]
    public void Lines_that_a_cancellation_does_not_name_are_not_cancelled()
    {
        var story = Released().Tell("wms", "fulfilment.cancelled", "FO-1", Outcomes.Lines("2:3"));

        Find(story, "FO-1").Cancelled.ShouldBe([new QuantityView("2", 3)]);
        Outcome(story, "WH1").ShouldBe(CommandOutcome.Accepted);
    }

    [Fact]
    public void A_cancellation_is_about_the_fulfilment_of_its_number_and_its_warehouse_only()
    {
        var story = Released().Accepted("release-fulfilment", "WH3", "FO-1", Outcomes.Lines("1:5"), system: "awms")
            .Tell("awms", "fulfilment.cancelled", "FO-1", Outcomes.Lines("1:4"));

        story.View.Fulfilments.Select(fulfilment => (fulfilment.System, fulfilment.Number, fulfilment.Cancelled.Count))
            .ShouldBe([("wms", "FO-1", 0), ("wms", "FO-2", 0), ("awms", "FO-1", 1)], ignoreOrder: true);
    }

    [Fact]
    public void A_fulfilment_of_two_is_cancelled_alone()
    {
        var story = Released().Tell("wms", "fulfilment.cancelled", "FO-2", Outcomes.Lines("1:4"));

        (Find(story, "FO-1").Cancelled.Count, Find(story, "FO-2").Cancelled.Single().Quantity).ShouldBe((0, 4));
    }

    [Theory]
    [InlineData("burnt down", "burnt down")]
    [InlineData(null, "Warehouse gave fulfilment FO-1 up")]
    public void A_warehouse_that_gives_up_a_whole_fulfilment_fails_its_release_and_no_other(string? reason, string expected)
    {
        var story = Released().Accepted("cancel-fulfilment", "FO-2").At(5).Tell("wms", "fulfilment.cancelled", "FO-1", new { reason });

        var failed = Release(story, "WH1");
        (failed.Outcome, failed.Reason, failed.At).ShouldBe((CommandOutcome.Failed, expected, StoryFacts.Hour(5)));
        Outcome(story, "WH2").ShouldBe(CommandOutcome.Accepted);
        Find(story, "FO-1").Cancelled.ShouldBeEmpty();
        story.View.FindLine("1")!.Released.ShouldBe(5);
    }

    [Fact]
    public void A_whole_fulfilment_that_was_asked_to_be_cancelled_was_not_given_up()
    {
        var story = Released().Accepted("cancel-fulfilment", "FO-1").Tell("wms", "fulfilment.cancelled", "FO-1", new { });

        Outcome(story, "WH1").ShouldBe(CommandOutcome.Accepted);
        Find(story, "FO-1").Cancelled.Count.ShouldBe(2);
    }

    [Fact]
    public void A_release_whose_lines_are_not_known_stays_accepted()
    {
        var story = new Story().OneLine().Accepted("release-fulfilment", "WH1", "FO-1");

        Outcome(story, "WH1").ShouldBe(CommandOutcome.Accepted);
        Find(story, "FO-1").Lines.ShouldBeEmpty();
    }

    [Fact]
    public void A_reason_of_the_cancellation_stays_when_a_later_one_is_rejected()
    {
        var story = Released().Tell("wms", "fulfilment.cancelled", "FO-1", new { lines = new[] { "2" }, reason = "burnt down" })
            .Tell("wms", "fulfilment.cancel-rejected", "FO-1", new { reason = "packed" });

        Find(story, "FO-1").CancelReason.ShouldBe("burnt down");
    }

    /// <summary>FO-1 for 20 of line 1 and 8 of line 2, FO-2 for 5 of line 1.</summary>
    private static Story Released() =>
        new Story(Landscapes.Wide).Order([Story.Line("1", 25, 100), Story.Line("2", 8, 40)], 140).At(1)
            .Accepted("release-fulfilment", "WH1", "FO-1", Outcomes.Lines("1:20", "2:8"))
            .Accepted("release-fulfilment", "WH2", "FO-2", Outcomes.Lines("1:5"));

    private static FulfilmentView Find(Story story, string number) =>
        story.View.Fulfilments.Single(fulfilment => fulfilment.Number == number);

    private static CommandView Release(Story story, string part) =>
        story.View.Commands.Single(command => command.Kind == "release-fulfilment" && command.Part == part);

    private static CommandOutcome Outcome(Story story, string part) => Release(story, part).Outcome;
}
