using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Transactions;

/// <summary>The shipment that a goods issue of the ERP belongs to.</summary>
public class DocumentShipmentTests
{
    [Fact]
    public void A_goods_issue_has_the_number_of_its_document_and_the_first_of_a_shipment_counts()
    {
        var story = Two().At(5).Issue("X-1", "GI-1", "SH-1").At(6).Issue("X-2", "GI-2", "SH-1");

        story.View.GoodsIssues.Select(issue => (issue.Number, issue.Shipment)).ShouldBe([("GI-1", "SH-1"), ("GI-2", "SH-1")]);
        story.View.Shipments[0].GoodsIssuedAt.ShouldBe(StoryFacts.Hour(5));
        story.View.Shipments[0].GoodsIssue!.Number.ShouldBe("GI-1");
    }

    [Fact]
    public void A_goods_issue_that_names_no_shipment_is_that_of_the_command_it_answers()
    {
        var story = Two().Accepted("create-invoice", "SH-1", "GI-7", system: "billing")
            .Accepted("post-goods-issue", "SH-1", "GI-6", system: "erp").Accepted("post-goods-issue", "SH-2", "GI-7", system: "erp");

        story.Issue("GI-7", "GI-7", null).View.GoodsIssues.Single().Shipment.ShouldBe("SH-2");
    }

    [Fact]
    public void A_goods_issue_that_names_no_shipment_is_that_of_the_only_one()
    {
        var one = new Story().OneLine().Shipment("shipment.shipped", "SH-1");

        one.Issue("GI-1", "GI-1", null).View.GoodsIssues.Single().Shipment.ShouldBe("SH-1");
        Two().Issue("GI-1", "GI-1", null).View.GoodsIssues.Single().Shipment.ShouldBeNull();
    }

    [Fact]
    public void A_goods_issue_that_names_an_unknown_shipment_is_not_that_of_the_only_one() =>
        new Story().OneLine().Shipment("shipment.shipped", "SH-1").Issue("GI-1", "GI-1", "SH-9")
            .View.GoodsIssues.Single().Shipment.ShouldBeNull();

    [Theory]
    [InlineData("wms", "wms")]
    [InlineData("awms", "awms")]
    [InlineData("other", "awms")]
    public void A_shipment_is_found_by_number_and_system_or_else_by_its_number_alone(string named, string expected)
    {
        var story = new Story(Landscapes.Wide).OneLine().At(1).Shipment("shipment.shipped", "SH-1", wms: "awms")
            .At(2).Shipment("shipment.shipped", "SH-1").At(3).Shipment("shipment.shipped", "SH-2");

        story.Issue("GI-1", "GI-1", new { system = named, value = "SH-1" });

        story.View.Shipments.Single(shipment => shipment.GoodsIssue is not null).System.ShouldBe(expected);
    }

    private static Story Two() => new Story().OneLine().At(1).Shipment("shipment.shipped", "SH-1", ["1:10"])
        .At(2).Shipment("shipment.shipped", "SH-2", ["1:10"]);
}

file static class GoodsIssues
{
    public static Story Issue(this Story story, string subject, string document, object? shipment) =>
        story.Tell("erp", "goods-issue.posted", subject, new { references = new { order = "SO-1", shipment }, document });
}
