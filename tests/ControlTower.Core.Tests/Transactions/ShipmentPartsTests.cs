using ControlTower.Core.Processes.SalesOrders;
using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Transactions;

/// <summary>When a shipment that travels in parts has arrived, and whose report of a part counts.</summary>
public class ShipmentPartsTests
{
    /// <summary>Each report as tracking number and, after a colon, the parcels that it lists.</summary>
    [Theory]
    [InlineData("", "TR-1 TR-2", "TR-1", false)]
    [InlineData("", "TR-1 TR-2", "TR-1 TR-2", true)]
    [InlineData("", "TR-1 TR-2 TR-3", "TR-1 TR-2", false)]
    [InlineData("P1", "TR-1 TR-2", "TR-1", true)]
    [InlineData("P1", "TR-1", "TR-1:P9", true)]
    [InlineData("P1,P2", "TR-1", "TR-1:P1,P2", true)]
    [InlineData("P1,P2", "TR-1", "TR-1:P1", false)]
    [InlineData("P1,P2", "TR-1", "TR-1", true)]
    [InlineData("P1,P2", "TR-1", "TR-1:", true)]
    [InlineData("P1,P2", "TR-1 TR-2", "TR-1:P1 TR-2:P2", true)]
    public void A_shipment_is_delivered_when_all_its_numbers_and_parcels_are(
        string parcels, string numbers, string reports, bool isDelivered)
    {
        var story = Sent(List(parcels), numbers.Split(' '));
        foreach (var report in reports.Split(' '))
        {
            var parts = report.Split(':');
            story.Road("shipment.delivered", parts[0], parts.Length == 1 ? null : new { parcels = List(parts[1]) });
        }

        (Shipment(story).DeliveredAt is not null).ShouldBe(isDelivered);
    }

    [Theory]
    [InlineData(5, 8, "TR-2")]
    [InlineData(8, 5, "TR-1")]
    [InlineData(8, 8, "TR-1")]
    public void A_shipment_of_two_numbers_is_delivered_with_the_last_of_them(double first, double second, string last)
    {
        var story = Sent([], "TR-1", "TR-2").At(first).Road("shipment.delivered", "TR-1").At(second).Road("shipment.delivered", "TR-2");

        var delivery = Shipment(story).Delivery!;
        (delivery.At, delivery.Subject).ShouldBe((StoryFacts.Hour(Math.Max(first, second)), last));
    }

    [Theory]
    [InlineData("fast TR-1 5", "tms LD-1 9", "fast TR-1 5")]
    [InlineData("fast TR-1 5", "tms LD-1 4", "fast TR-1 5")]
    [InlineData("tms LD-1 3", "zoom TR-1 5", "zoom TR-1 5")]
    [InlineData("tms LD-1 6", "tms LD-2 4", "tms LD-2 4")]
    [InlineData("tms LD-1 4", "tms LD-2 6", "tms LD-1 4")]
    [InlineData("tms LD-1 4", "tms LD-2 4", "tms LD-1 4")]
    public void Of_two_reports_of_one_number_the_carriers_counts_and_of_equal_senders_the_earlier(string one, string other, string counts)
    {
        var story = Sent([], "TR-1");
        foreach (var report in new[] { one.Split(' '), other.Split(' ') })
        {
            story.At(double.Parse(report[2]))
                .Tell(report[0], "shipment.delivered", report[1], new { references = new { shipment = "SH-1" }, tracking = "TR-1" });
        }

        var delivery = Shipment(story).Delivery!;
        $"{delivery.Connector} {delivery.Subject} {(delivery.At - StoryFacts.Start).TotalHours}".ShouldBe(counts);
    }

    [Fact]
    public void Proofs_without_lines_for_both_numbers_prove_the_whole_shipment()
    {
        var story = Sent([], "TR-1", "TR-2").Road("delivery.pod", "TR-1").Road("delivery.pod", "TR-2");

        Shipment(story).Proof!.Lines.Single().ShouldBe(new ProofLineView("1", 20, 0, 0));
    }

    [Fact]
    public void A_proof_without_lines_proves_what_the_other_number_did_not_refuse()
    {
        var story = Sent([], "TR-1", "TR-2").Road("delivery.pod", "TR-2")
            .Road("delivery.pod", "TR-1", new { pod = new { lines = new[] { new { line = "1", delivered = 3, refused = 2 } } } });

        Shipment(story).Proof!.Lines.Single().ShouldBe(new ProofLineView("1", 18, 2, 0));
    }

    [Fact]
    public void A_shipment_arrived_when_it_was_delivered_or_else_at_the_time_of_its_proof()
    {
        var story = Sent([], "TR-1").At(41).Road("delivery.pod", "TR-1");
        Shipment(story).ArrivedAt.ShouldBe(StoryFacts.Hour(41));

        Shipment(story.At(40).Road("shipment.delivered", "TR-1")).ArrivedAt.ShouldBe(StoryFacts.Hour(40));
    }

    /// <summary>Shipped under the first number; each other number is that of a load of the TMS.</summary>
    private static Story Sent(string[] parcels, params string[] numbers)
    {
        var story = new Story(Landscapes.Wide).OneLine().Shipment("shipment.shipped", "SH-1", tracking: numbers[0], parcels: parcels);
        foreach (var number in numbers.Skip(1))
        {
            story.Load("shipment.accepted", $"LD-{number}", "SH-1", number);
        }

        return story;
    }

    private static ShipmentView Shipment(Story story) => story.View.Shipments.Single();

    private static string[] List(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
