using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Transactions;

/// <summary>Shipments as warehouses built and confirmed them: content, order and number.</summary>
public class ShipmentContentTests
{
    /// <summary>Each shipment as system, number, hour of building and hour of shipping; 0 where it was not.</summary>
    [Theory]
    [InlineData("wms SH-1 1 5", "wms SH-2 2 3", "SH-2 SH-1")]
    [InlineData("wms SH-1 2 0", "wms SH-2 1 0", "SH-2 SH-1")]
    [InlineData("wms SH-2 0 1", "awms SH-1 0 2", "SH-2 SH-1")]
    [InlineData("wms SH-1 3 5", "awms SH-2 0 5", "SH-2 SH-1")]
    [InlineData("wms SH-2 3 5", "wms SH-1 0 5", "SH-1 SH-2")]
    public void Shipments_are_listed_as_shipped_then_as_built_then_by_system_and_number(string one, string other, string expected)
    {
        var story = new Story(Landscapes.Wide).OneLine();
        Make(story, one.Split(' '));
        Make(story, other.Split(' '));

        string.Join(' ', story.View.Shipments.Select(shipment => shipment.Number)).ShouldBe(expected);
    }

    [Theory]
    [InlineData(null, null, null, "WH2", "fast", "FO-1")]
    [InlineData("WH3", "slow", "FO-2", "WH3", "slow", "FO-2")]
    public void Ship_confirmation_replaces_what_it_states_and_leaves_the_rest_as_built(
        string? site, string? carrier, string? fulfilment, string expectedSite, string expectedCarrier, string expectedFulfilment)
    {
        var story = new Story().OneLine()
            .Shipment("shipment.ready", "SH-1", site: "WH2", carrier: "fast", fulfilment: "FO-1")
            .Shipment("shipment.shipped", "SH-1", ["1:18"], site: site, carrier: carrier, fulfilment: fulfilment);

        var shipment = story.View.Shipments.Single();
        (shipment.Site, shipment.Carrier, shipment.Fulfilment).ShouldBe((expectedSite, expectedCarrier, expectedFulfilment));
        shipment.Lines.Single().Quantity.ShouldBe(18);
    }

    [Fact]
    public void A_shipment_without_a_site_left_from_that_of_its_fulfilment_or_else_of_its_line()
    {
        var story = new Story().OneLine().Shipment("shipment.shipped", "SH-1", fulfilment: "FO-1");
        story.View.Shipments.Single().Site.ShouldBe("WH1");

        story.Work("fulfilment.picked", "FO-1", "1:20").View.Shipments.Single().Site.ShouldBe("WH2");
    }

    [Fact]
    public void A_shipment_keeps_its_own_site_whatever_the_site_of_its_fulfilment() =>
        new Story().OneLine().Work("fulfilment.picked", "FO-1", "1:20")
            .Shipment("shipment.shipped", "SH-1", fulfilment: "FO-1", site: "WH3").View.Shipments.Single().Site.ShouldBe("WH3");

    [Fact]
    public void One_number_in_two_warehouses_is_bare_for_the_earlier_shipment_and_has_the_system_for_the_other() =>
        new Story(Landscapes.Wide).OneLine().At(1).Shipment("shipment.shipped", "SH-1").At(2)
            .Shipment("shipment.shipped", "SH-1", wms: "awms").Shipment("shipment.shipped", "SH-2")
            .View.Shipments.Select(shipment => shipment.Part).ShouldBe(["SH-1", "SH-1~awms", "SH-2"], ignoreOrder: true);

    [Fact]
    public void A_shipment_without_a_line_of_this_order_is_not_shown() =>
        new Story().OneLine().Shipment("shipment.shipped", "SH-1", ["1:20:SO-0"]).View.Shipments.ShouldBeEmpty();

    [Fact]
    public void Milestones_of_a_shipment_are_listed_by_time_and_at_one_time_by_name()
    {
        var story = new Story().OneLine().At(6).Shipment("shipment.ready", "SH-1", site: "WH1").At(8)
            .Load("shipment.accepted", "LD-1", "SH-1").At(10).Shipment("shipment.shipped", "SH-1")
            .Load("shipment.picked-up", "LD-1", "SH-1");

        story.View.Shipments.Single().Milestones.Select(milestone => milestone.Milestone)
            .ShouldBe(["shipment.ready", "shipment.accepted", "shipment.picked-up", "shipment.shipped"]);
    }

    private static void Make(Story story, string[] shipment)
    {
        string[] steps = ["shipment.ready", "shipment.shipped"];
        for (var i = 0; i < steps.Length; i++)
        {
            if (shipment[i + 2] != "0")
            {
                story.At(double.Parse(shipment[i + 2])).Shipment(steps[i], shipment[1], wms: shipment[0], site: "WH1");
            }
        }
    }
}
