using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Transactions;

/// <summary>How far the quantity of a line has come, over its warehouse, its shipment and its proof.</summary>
public class LineTotalsTests
{
    [Theory]
    [InlineData("fulfilment.allocated", 18, 0, 0, 0)]
    [InlineData("fulfilment.picked", 0, 18, 0, 0)]
    [InlineData("fulfilment.packed", 0, 0, 18, 0)]
    [InlineData("fulfilment.staged", 0, 0, 0, 18)]
    public void Each_step_of_the_warehouse_counts_for_itself(string milestone, int allocated, int picked, int packed, int staged)
    {
        var line = new Story().OneLine().Work(milestone, "FO-1", "1:18").View.Lines.Single();

        (line.Allocated, line.Picked, line.Packed, line.Staged).ShouldBe((allocated, picked, packed, staged));
    }

    [Theory]
    [InlineData("cancel", 2, 0, 0)]
    [InlineData("substitute", 0, 2, 0)]
    [InlineData("backorder", 0, 0, 2)]
    [InlineData(null, 0, 0, 2)]
    public void A_shortage_counts_by_what_is_to_become_of_it(string? then, int cancelled, int substituted, int backordered)
    {
        var line = new Story().OneLine()
            .Tell("wms", "fulfilment.short", "FO-1", new { lines = new[] { new { line = "1", missing = 2, then } } }).View.Lines.Single();

        (line.ShortCancelled, line.Substituted, line.Backordered).ShouldBe((cancelled, substituted, backordered));
    }

    [Fact]
    public void A_line_counts_each_stage_of_its_shipment_from_its_report_on()
    {
        var story = new Story().OneLine().Shipment("shipment.ready", "SH-1", site: "WH1", tracking: "TR-1");
        Stages(story).ShouldBe((20, 0, 0, 0, 0));

        Stages(story.Shipment("shipment.shipped", "SH-1")).ShouldBe((20, 20, 0, 0, 0));
        Stages(story.GoodsIssued("SH-1", 18)).ShouldBe((20, 20, 18, 0, 0));
        Stages(story.Road("shipment.picked-up", "TR-1")).ShouldBe((20, 20, 18, 20, 0));
        Stages(story.Road("shipment.delivered", "TR-1")).ShouldBe((20, 20, 18, 20, 20));
    }

    [Fact]
    public void A_goods_issue_without_lines_counts_all_that_was_shipped() =>
        Stages(new Story().OneLine().Shipment("shipment.shipped", "SH-1").GoodsIssued("SH-1")).ShouldBe((20, 20, 20, 0, 0));

    [Fact]
    public void A_line_counts_what_its_proof_shows()
    {
        var proof = new { pod = new { lines = new[] { new { line = "1", delivered = 17, refused = 3, damaged = 2 } } } };
        var line = new Story().OneLine().Shipment("shipment.shipped", "SH-1", tracking: "TR-1").Road("delivery.pod", "TR-1", proof)
            .View.Lines.Single();

        (line.Delivered, line.Refused, line.Damaged).ShouldBe((17, 3, 2));
    }

    private static (decimal Ready, decimal Shipped, decimal Issued, decimal PickedUp, decimal Delivered) Stages(Story story)
    {
        var line = story.View.Lines.Single();
        return (line.Ready, line.Shipped, line.GoodsIssued, line.PickedUp, line.Delivered);
    }
}
