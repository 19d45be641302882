using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Transactions;

/// <summary>The current version of an order, its cancellations and its holds.</summary>
public class OrderViewTests
{
    /// <summary>Version and hour of the acceptance, of the change, and the version and total that count.</summary>
    [Theory]
    [InlineData(3, 1, 2, 5, 3, 100)]
    [InlineData(2, 1, 3, 5, 3, 90)]
    [InlineData(3, 5, 2, 1, 3, 100)]
    [InlineData(2, 5, 3, 1, 3, 90)]
    [InlineData(2, 1, 2, 5, 2, 90)]
    [InlineData(2, 5, 2, 1, 2, 100)]
    public void The_higher_version_of_an_order_counts_and_of_equal_ones_the_later(
        int accepted, double acceptedAt, int changed, double changedAt, int version, decimal total)
    {
        var story = new Story();
        Action[] reports =
        [
            () => story.At(acceptedAt).Order([Story.Line("1", 20, 100)], 100, version: accepted),
            () => story.At(changedAt).Order([Story.Line("1", 18, 90)], 90, version: changed, milestone: "order.changed"),
        ];
        foreach (var report in acceptedAt < changedAt ? reports : reports.Reverse())
        {
            report();
        }

        (story.View.Order!.Version, story.View.Order.Total).ShouldBe(($"{version}", total));
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(30, 20)]
    public void A_cancelled_part_of_a_line_counts_up_to_what_was_ordered(int quantity, int cancelled) =>
        new Story().OneLine().At(1).Tell("erp", "order.cancelled", "SO-1", Outcomes.Lines($"1:{quantity}"))
            .View.Lines.Single().Cancelled.ShouldBe(cancelled);

    [Fact]
    public void A_cancellation_of_a_line_without_a_quantity_cancels_the_line() =>
        new Story().OneLine().At(1).Tell("erp", "order.cancelled", "SO-1", new { lines = new[] { "1" } })
            .View.Lines.Single().Cancelled.ShouldBe(20);

    [Fact]
    public void A_later_version_of_the_order_already_counts_what_was_cancelled_before() =>
        new Story().OneLine().At(1).Tell("erp", "order.cancelled", "SO-1", Outcomes.Lines("1:5"))
            .At(2).Order([Story.Line("1", 15, 75)], 75, version: 2, milestone: "order.changed").View.Lines.Single().Cancelled.ShouldBe(0);

    [Fact]
    public void A_cancellation_of_another_erp_cancels_nothing()
    {
        var story = new Story(Landscapes.Wide).OneLine().At(1).Tell("erp2", "order.cancelled", "SO-1", new { reason = "no more" });

        (story.View.CancelledAt, story.View.CancelReason, story.View.Lines.Single().Cancelled).ShouldBe((null, null, 0));
    }

    [Fact]
    public void A_cancelled_line_does_not_replace_the_reason_of_the_whole_cancellation() =>
        new Story().OneLine().At(1).Tell("erp", "order.cancelled", "SO-1", new { reason = "no more" })
            .Tell("erp", "order.cancelled", "SO-1-A", new { lines = new[] { "1" }, reason = "too late" })
            .View.CancelReason.ShouldBe("no more");

    [Theory]
    [InlineData("shipment.delivered", true)]
    [InlineData("delivery.pod", true)]
    [InlineData("shipment.estimate", false)]
    public void A_delivery_is_reported_where_some_carrier_reports_it_or_its_proof(string milestone, bool isReported)
    {
        var landscape = new SystemTopology(
            [Landscapes.Connector("erp", "erp"), Landscapes.Connector("fast", "carrier", milestone)], [],
            new Dictionary<string, SiteProfile>());

        new Story(landscape).OneLine().View.Lines.Single().DeliveryIsReported.ShouldBe(isReported);
    }

    [Fact]
    public void A_hold_ends_with_the_release_of_its_own_id_by_its_own_system()
    {
        var story = new Story(Landscapes.Wide).OneLine().At(1).Hold("H-1").Hold("H-2").At(2)
            .Tell("erp", "order.released", "SO-1", Id("H-2")).Tell("erp2", "order.released", "SO-1", Id("H-1"));

        story.View.Holds.Select(hold => (hold.Id, hold.IsActive)).ShouldBe([("H-1", true), ("H-2", false)]);
    }

    [Fact]
    public void A_hold_that_was_set_again_after_its_release_is_active()
    {
        var story = new Story().OneLine().At(1).Tell("erp", "order.released", "SO-1", Id("H-1")).At(2).Hold("H-1");

        story.View.Holds.Single().IsActive.ShouldBeTrue();
    }

    private static object Id(string id) => new { hold = new { id } };
}

file static class Holds
{
    public static Story Hold(this Story story, string id) =>
        story.Tell("erp", "order.held", "SO-1", new { hold = new { id, code = "CREDIT", stops = "release" } });
}
