using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Processes.SalesOrders;
using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Transactions;

public class TransactionStateTests
{
    private readonly StoryFacts _say = new(Landscapes.Whole);

    [Fact]
    public void A_duplicate_fact_changes_nothing()
    {
        var state = TransactionState.Empty;
        var fact = _say.Fact("wms", "fulfilment.cancelled", "FO-1", 1, new { reason = "a" }, sequence: 1);

        state.Merge(fact).ShouldBeTrue();
        state.Merge(fact).ShouldBeFalse();
    }

    [Theory]
    [InlineData(2L, 1.0, 1L, 9.0, "a")]
    [InlineData(null, 2.0, null, 1.0, "a")]
    [InlineData(1L, 1.0, null, 9.0, "a")]
    [InlineData(1L, 9.0, 2L, 1.0, "b")]
    public void The_higher_sequence_wins_without_one_the_later(long? sequenceA, double hourA, long? sequenceB, double hourB, string stands)
    {
        var state = Story.Merge(
            [
                _say.Fact("wms", "fulfilment.cancelled", "FO-1", hourA, new { reason = "a" }, sequenceA),
                _say.Fact("wms", "fulfilment.cancelled", "FO-1", hourB, new { reason = "b" }, sequenceB),
            ]);

        state.Entries.Single().Data.Reason.ShouldBe(stands);
        state.Entries.Single().InConflict.ShouldBeFalse();
    }

    [Fact]
    public void The_same_number_in_two_warehouses_is_two_shipments()
    {
        var state = Story.Merge(
            [
                _say.Fact("wms", "shipment.exception", "SH-1", 1, new { exception = new { kind = "delayed", state = "open" } }),
                _say.Fact("fast", "shipment.exception", "SH-1", 1, new { exception = new { kind = "delayed", state = "open" } }),
                _say.Fact("fast", "shipment.exception", "SH-1", 1, new { exception = new { kind = "damaged", state = "open" } }),
            ]);

        state.Entries.Count.ShouldBe(3);
    }

    [Fact]
    public void A_newer_format_is_not_read() =>
        Should.Throw<NotSupportedException>(() => TransactionState.FromJson("""{"v":99,"s":[]}"""));

    [Fact]
    public void An_order_of_a_hundred_lines_stays_within_64_KiB()
    {
        var lines = Enumerable.Range(1, 100).Select(i => $"{i * 10}").ToArray();
        var goods = lines.Select(line => new { line, quantity = 12.5m, item = "ITEM-000000123" }).ToArray();
        var story = new Story().Order([.. lines.Select(line => Story.Line(line, 12.5m, 1234.56m))], 123456);
        story.Accept("release-fulfilment", "WH1", "FO-1");
        foreach (var step in new[] { "fulfilment.allocated", "fulfilment.picked", "fulfilment.packed" })
        {
            story.Tell("wms", step, "FO-1", new { site = "WH1", lines = goods });
        }

        story.Tell("wms", "shipment.ready", "SH-1", new { site = "WH1", lines = goods })
            .Tell("wms", "shipment.shipped", "SH-1", new { lines = goods, tracking = "TR-1" })
            .Accept("tender-shipment", "SH-1", "LD-1", "TR-1").Accept("post-goods-issue", "SH-1", "GI-1")
            .Tell("erp", "goods-issue.posted", "GI-1", new { references = new { shipment = "SH-1" }, document = "GI-1", lines = goods })
            .Road("shipment.picked-up", "TR-1").Road("shipment.delivered", "TR-1").Accept("create-invoice", "SH-1", "INV-1");

        story.Decide().Summary.Stage.ShouldBe(Core.Kernel.TransactionStage.Delivered);
        story.State.ToJson().Length.ShouldBeLessThan(64 * 1024);
    }
}
