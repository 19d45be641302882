using ControlTower.Core.Processes.SalesOrders;
using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Transactions;

/// <summary>Which loads, tracking numbers and transport reports belong to which shipment.</summary>
public class ShipmentNumbersTests
{
    [Fact]
    public void The_answer_to_a_tender_gives_its_own_shipment_the_load_and_the_tracking_number()
    {
        var story = Two().Accepted("tender-shipment", "SH-2", "LD-2", system: "tms", tracking: "TR-2");

        Numbers(story, "SH-1").ShouldBe(("", ""));
        Numbers(story, "SH-2").ShouldBe(("LD-2", "TR-2"));
    }

    [Fact]
    public void An_answer_to_a_tender_may_give_a_tracking_number_alone_or_nothing()
    {
        var story = Two().Accepted("tender-shipment", "SH-1", system: "tms").Accepted("tender-shipment", "SH-2", tracking: "TR-2");

        Numbers(story, "SH-1").ShouldBe(("", ""));
        Numbers(story, "SH-2").ShouldBe(("", "TR-2"));
        story.View.Commands.Select(command => command.System).ShouldBe([null, null]);
    }

    [Fact]
    public void A_load_is_found_by_a_tracking_number_that_a_later_report_links_to_the_shipment()
    {
        var story = Two()
            .Tell("tms", "shipment.accepted", "LD-1", new { references = new { tracking = "TR-1" } })
            .Tell("fast", "shipment.picked-up", "TR-1", new { references = new { shipment = "SH-1" } });

        Numbers(story, "SH-1").ShouldBe(("LD-1", "TR-1"));
        story.View.Shipments[0].AcceptedAt.ShouldNotBeNull();
    }

    [Fact]
    public void The_load_of_a_report_of_the_tms_is_its_own_and_not_another_that_it_names() => Numbers(
        Two().Tell("tms", "shipment.accepted", "LD-2", new { references = new { shipment = "SH-1", load = "LD-1" } }), "SH-1")
        .ShouldBe(("LD-2", ""));

    [Fact]
    public void A_report_about_one_shipment_leaves_another_as_it_was()
    {
        var story = Two().Load("shipment.picked-up", "LD-2", "SH-2", "TR-2", "slow");

        var (one, other) = (story.View.Shipments[0], story.View.Shipments[1]);
        (one.LastReportAt, one.Carrier, one.PickedUpAt, one.Milestones.Count).ShouldBe((null, null, null, 1));
        (other.LastReportAt, other.Carrier, other.Milestones.Count).ShouldBe((StoryFacts.Hour(2), "slow", 2));
    }

    [Fact]
    public void A_number_with_its_system_is_that_of_this_system_only()
    {
        var story = new Story(Landscapes.Wide).OneLine()
            .Shipment("shipment.shipped", "SH-1").Shipment("shipment.shipped", "SH-1", wms: "awms")
            .Tell("tms", "shipment.picked-up", "LD-1", new { references = new { shipment = new { system = "wms", value = "SH-1" } } });

        story.View.Shipments.Where(shipment => shipment.PickedUpAt is not null).Select(shipment => shipment.System).ShouldBe(["wms"]);
    }

    [Fact]
    public void A_carriers_exception_that_names_no_known_number_belongs_to_no_shipment()
    {
        var story = Two().Tell("fast", "shipment.exception", "TR-9", new
            { references = new { delivery = "SH-1" }, exception = new { kind = "delayed", state = "open" } });

        story.View.Shipments.ShouldAllBe(shipment => shipment.Exceptions.Count == 0);
        story.View.LooseExceptions.Single().Subject.ShouldBe("TR-9");
    }

    [Fact]
    public void A_freight_invoice_is_no_step_of_the_transport()
    {
        var charges = new[] { new { code = "F", amount = 9 } };
        var story = Two().Tell("tms", "freight.invoiced", "FI-1", new
        {
            references = new { shipment = "SH-1" },
            freight = new { carrier = "fast", invoice = "FI-1", currency = "USD", charges, total = 9 },
        });

        (story.View.Shipments[0].LastReportAt, story.View.Shipments[0].Milestones.Count).ShouldBe((null, 1));
    }

    [Fact]
    public void What_a_carrier_reports_of_the_tender_is_only_a_witness_of_the_tms()
    {
        var story = Two().Tell("fast", "shipment.accepted", "TR-1", new { references = new { shipment = "SH-1" } });

        (story.View.Shipments[0].AcceptedAt, story.View.Shipments[0].Milestones.Count).ShouldBe((null, 1));
    }

    [Fact]
    public void A_carrier_that_the_warehouse_named_stays_when_a_report_names_none_or_another()
    {
        var story = new Story().OneLine().Shipment("shipment.shipped", "SH-1", carrier: "fast")
            .Load("shipment.picked-up", "LD-1", "SH-1").Load("shipment.delivered", "LD-1", "SH-1", carrier: "slow");

        story.View.Shipments.Single().Carrier.ShouldBe("fast");
    }

    [Theory]
    [InlineData(9, 8, 1)]
    [InlineData(8, 9, 2)]
    public void The_estimate_is_the_one_that_was_reported_last(double carrier, double tms, double expected)
    {
        var story = Two().At(carrier).Tell("fast", "shipment.estimate", "TR-1", Estimate(1))
            .At(tms).Tell("tms", "shipment.estimate", "LD-1", Estimate(2));

        story.View.Shipments[0].EstimatedDelivery.ShouldBe(StoryFacts.Hour(expected));
    }

    private static object Estimate(double hour) =>
        new { references = new { shipment = "SH-1" }, estimatedDelivery = StoryFacts.Hour(hour).ToString("O") };

    private static Story Two() => new Story().OneLine().At(1).Shipment("shipment.shipped", "SH-1", ["1:10"])
        .At(2).Shipment("shipment.shipped", "SH-2", ["1:10"]);

    /// <summary>Loads and tracking numbers, each list in one text.</summary>
    private static (string Loads, string Trackings) Numbers(Story story, string number)
    {
        var shipment = story.View.Shipments.Single(shipment => shipment.Number == number);
        return (string.Join(',', shipment.Loads), string.Join(',', shipment.Trackings));
    }
}
