using ControlTower.Core.Processes.SalesOrders;
using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Transactions;

/// <summary>What a warehouse was asked for and what it has done of it.</summary>
public class FulfilmentViewTests
{
    [Fact]
    public void Two_releases_that_became_one_fulfilment_add_up_and_keep_the_first_site_and_time()
    {
        var story = Two().At(1).Accepted("release-fulfilment", "WH1", "FO-1", Outcomes.Lines("1:10"))
            .At(2).Accepted("release-fulfilment", "WH2", "FO-1", Outcomes.Lines("1:5", "2:3"));

        var fulfilment = story.View.Fulfilments.Single();
        (fulfilment.Site, fulfilment.ReleasedAt).ShouldBe(("WH1", StoryFacts.Hour(1)));
        fulfilment.Lines.ShouldBe([new QuantityView("1", 15), new QuantityView("2", 3)]);
    }

    [Fact]
    public void An_answer_without_a_system_is_about_the_fulfilment_of_that_number_whoever_reports_it()
    {
        var story = Two().Accepted("release-fulfilment", "WH1", "FO-1", Outcomes.Lines("1:10"), system: null)
            .Work("fulfilment.picked", "FO-1", "1:10");

        var fulfilment = story.View.Fulfilments.Single();
        (fulfilment.System, fulfilment.Milestones.Count).ShouldBe(("", 1));
    }

    [Fact]
    public void Two_answers_of_one_number_are_one_fulfilment_when_one_of_them_has_no_system() =>
        Two().Accepted("release-fulfilment", "WH1", "FO-1", Outcomes.Lines("1:10"))
            .Accepted("release-fulfilment", "WH2", "FO-1", Outcomes.Lines("2:8"), system: null)
            .View.Fulfilments.Single().System.ShouldBe("wms");

    [Fact]
    public void One_number_in_two_warehouse_systems_is_two_fulfilments() =>
        Two().Accepted("release-fulfilment", "WH1", "FO-1", Outcomes.Lines("1:10"))
            .Accepted("release-fulfilment", "WH2", "FO-1", Outcomes.Lines("2:8"), system: "awms")
            .View.Fulfilments.Select(fulfilment => fulfilment.System).ShouldBe(["wms", "awms"]);

    [Theory]
    [InlineData("fulfilment.allocated", 1)]
    [InlineData("fulfilment.picked", 1)]
    [InlineData("fulfilment.packed", 0)]
    [InlineData("fulfilment.staged", 0)]
    public void A_fulfilment_that_nobody_asked_for_has_the_lines_that_were_allocated_or_picked(string milestone, int lines) =>
        Two().Work(milestone, "FO-1", "1:10").View.Fulfilments.Single().Lines.Count.ShouldBe(lines);

    [Fact]
    public void A_step_counts_the_lines_of_this_order_only()
    {
        var story = Two().Work("fulfilment.allocated", "FO-1", "1:10", "1:7:SO-0", "99:4").Work("fulfilment.picked", "FO-1", "1:9", "2:7");

        var fulfilment = story.View.Fulfilments.Single();
        fulfilment.Steps.ShouldBe(
            [("fulfilment.allocated", "1", 10), ("fulfilment.picked", "1", 9), ("fulfilment.picked", "2", 7)]);
        story.View.FindLine("1")!.Allocated.ShouldBe(10);
    }

    [Fact]
    public void A_step_of_a_line_is_the_quantity_of_that_milestone_and_line()
    {
        var fulfilment = Two().Work("fulfilment.allocated", "FO-1", "1:10", "2:8").Work("fulfilment.picked", "FO-1", "1:9", "2:7")
            .View.Fulfilments.Single();

        (fulfilment.StepOf("fulfilment.picked", "2"), fulfilment.StepOf("fulfilment.packed", "2")).ShouldBe((7, 0));
    }

    [Fact]
    public void What_a_warehouse_has_still_to_handle_is_what_was_asked_less_what_was_cancelled_or_not_found()
    {
        var story = Two().Accepted("release-fulfilment", "WH1", "FO-1", Outcomes.Lines("1:10", "2:8"))
            .Tell("wms", "fulfilment.cancelled", "FO-1", Outcomes.Lines("1:3"))
            .Tell("wms", "fulfilment.short", "FO-1", new { lines = new[] { new { line = "2", missing = 2 } } });

        var fulfilment = story.View.Fulfilments.Single();
        fulfilment.Lines.Select(fulfilment.ExpectedOf).ShouldBe([7, 6]);
    }

    [Fact]
    public void A_time_that_the_sender_did_not_give_is_marked_in_the_milestone()
    {
        var story = Two().Work("fulfilment.allocated", "FO-1", "1:10").Work("fulfilment.picked", "FO-1", "1:10");
        story.Facts[^1] = story.Facts[^1] with { TimeIsReceipt = true };

        story.View.Fulfilments.Single().Milestones.Select(milestone => milestone.TimeIsReceipt).ShouldBe([false, true]);
    }

    private static Story Two() =>
        new Story(Landscapes.Wide).Order([Story.Line("1", 20, 100), Story.Line("2", 8, 40)], 140);
}
