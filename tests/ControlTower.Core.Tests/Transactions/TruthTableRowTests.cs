using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Transactions;

/// <summary>What each system reported last, and whether its figures differ from the owner's.</summary>
public class TruthTableRowTests
{
    /// <summary>Each report as milestone, subject, hour and sequence.</summary>
    [Theory]
    [InlineData("fulfilment.packed FO-1 7 1", "fulfilment.picked FO-1 5 2", "fulfilment.packed")]
    [InlineData("fulfilment.packed FO-1 5 3", "fulfilment.picked FO-2 7 1", "fulfilment.picked")]
    [InlineData("fulfilment.packed FO-1 5 1", "fulfilment.picked FO-1 5 2", "fulfilment.picked")]
    [InlineData("fulfilment.packed FO-1 5 3", "fulfilment.picked FO-1 5 2", "fulfilment.packed")]
    [InlineData("fulfilment.packed FO-1 5 1", "fulfilment.picked FO-2 5 1", "fulfilment.packed")]
    public void The_last_status_of_a_system_is_its_latest_report_and_at_one_time_that_of_the_higher_sequence(
        string one, string other, string expected)
    {
        var story = new Story().OneLine().Accepted("release-fulfilment", "WH1", "FO-1");
        foreach (var report in new[] { one.Split(' '), other.Split(' ') })
        {
            story.Facts.Add(story.Say.Fact(
                "wms", report[0], report[1], double.Parse(report[2]),
                new { site = "WH1", lines = new[] { new { line = "1", quantity = 1 } } }, long.Parse(report[3])));
        }

        story.View.TruthTable.Select(row => (row.System, row.LastStatus)).ShouldBe([("erp", "order.accepted"), ("wms", expected)]);
    }

    [Theory]
    [InlineData("shipment.shipped", 18, true)]
    [InlineData("shipment.shipped", 20, false)]
    [InlineData("shipment.ready", 18, false)]
    public void A_goods_issue_of_another_quantity_than_was_shipped_differs(string milestone, int issued, bool differs) =>
        new Story().OneLine().Shipment(milestone, "SH-1", site: "WH1").GoodsIssued("SH-1", issued)
            .View.TruthTable.Single(row => row.System == "erp").Differs.ShouldBe(differs);
}
