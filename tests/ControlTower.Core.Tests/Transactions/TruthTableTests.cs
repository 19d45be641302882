using ControlTower.Core.Processes.SalesOrders;
using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Transactions;

/// <summary>What each system's figures mean, and that only figures of one meaning are shown side by side.</summary>
public sealed class TruthTableTests
{
    [Fact]
    public void Erp_before_any_posting_shows_what_was_ordered()
    {
        Erp(Shipped()).ShouldBe((Measures.Ordered, 21m, 105m));
    }

    [Fact]
    public void Erp_next_to_an_invoice_of_less_than_was_ordered_shows_what_it_posted()
    {
        var story = Shipped().Invoiced("INV-1", "SH-1", 90, 18).Posted("JE-1", "INV-1", 90);

        Erp(story).ShouldBe((Measures.Posted, 18m, 90m));
        Row(story, "billing").ShouldBe((Measures.Invoiced, 18m, 90m));
        Row(story, "wms").ShouldBe((Measures.Shipped, 18m, null));
    }

    [Fact]
    public void Erp_after_a_reversed_posting_shows_what_was_ordered()
    {
        var story = Shipped().Invoiced("INV-1", "SH-1", 90, 18).Posted("JE-1", "INV-1", 90)
            .Tell("erp", "posting.reversed", "JE-1", new { references = new { order = "SO-1", posting = "JE-1" } });

        Erp(story).ShouldBe((Measures.Ordered, 21m, 105m));
    }

    private static Story Shipped() =>
        new Story()
            .At(1)
            .OneLine(21, 105)
            .At(2)
            .Step("fulfilment.picked", "FO-1", 18)
            .Ready("SH-1", 18)
            .Shipped("SH-1", 18, tracking: "TR-1").At(3);

    private static (string?, decimal?, decimal?) Erp(Story story) => Row(story, "erp");

    private static (string?, decimal?, decimal?) Row(Story story, string system)
    {
        var row = story.View.TruthTable.Single(row => row.System == system);
        return (row.Measure, row.Quantity, row.Amount);
    }
}
