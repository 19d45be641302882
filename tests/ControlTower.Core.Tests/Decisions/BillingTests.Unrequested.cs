using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Decisions;

/// <summary>Invoices that billing issued and no accepted command requested: by itself, or before its answer came.</summary>
public partial class BillingTests
{
    /// <summary>A line of 20 for 100, shipped as 8 and 12; the first shipment is billed without lines.</summary>
    [Theory]
    [InlineData(40, 60)]
    [InlineData(37, 63)]
    [InlineData(45, 55)]
    public void After_an_unrequested_invoice_without_lines_the_next_shipment_bills_the_rest(decimal net, decimal rest)
    {
        var story = ShippedTwice(new Story().OneLine()).Unrequested("INV-1", "SH-1", net);

        var wanted = Invoices(story.Decide()).ShouldHaveSingleItem();

        (wanted.Part, wanted.Amount).ShouldBe(("SH-2", rest));
        wanted.Data.ShouldContain("\"quantity\":12,");
    }

    [Theory]
    [InlineData(100, null)]
    [InlineData(90, "Line 1 was billed with 90.00; by the current order it owes 100.00 USD.")]
    public void An_unrequested_invoice_without_lines_bills_its_net(decimal net, string? difference)
    {
        var decision = Story.UntilDelivered().At(41).Unrequested("INV-1", "SH-1", net).Decide();

        Invoices(decision).ShouldBeEmpty();
        decision.Conditions.Where(condition => condition.ReasonCode == "INVOICE_DIFFERS").Select(condition => condition.Message)
            .ShouldBe(difference is null ? [] : [difference]);
    }

    /// <summary>Thirds of a cent: what the parts round to is what an invoice of exactly their sum bills.</summary>
    [Fact]
    public void An_unrequested_invoice_without_lines_is_split_as_its_shipment_would_have_been()
    {
        var story = ShippedTwice(
            new Story().Order([Story.Line("1", 3, 10), Story.Line("2", 3, 0.05m)], 10.05m), ["1:1", "2:1"], ["1:2", "2:2"]);
        var first = Invoices(story.Decide()).Single(command => command.Part == "SH-1").Amount!.Value;

        var rest = Invoices(story.Unrequested("INV-1", "SH-1", first).Decide()).ShouldHaveSingleItem();

        (first + rest.Amount).ShouldBe(10.05m);
        rest.Data.ShouldContain("\"amount\":6.67}");
    }

    /// <summary>The second line's amount is stated; the first has what the net leaves.</summary>
    [Fact]
    public void A_line_without_an_amount_bills_what_the_others_leave_of_the_net()
    {
        var order = new Story().Order([Story.Line("1", 20, 100), Story.Line("2", 20, 40)], 140);
        var lines = new object[] { new { line = "1", quantity = 8 }, new { line = "2", quantity = 8, amount = 16 } };
        var story = ShippedTwice(order, ["1:8", "2:8"], ["1:12", "2:12"]).Unrequested("INV-1", "SH-1", 56, lines);

        Invoices(story.Decide()).ShouldHaveSingleItem().Amount.ShouldBe(84);
    }

    private static Story ShippedTwice(Story story, string[]? first = null, string[]? second = null)
    {
        story.Accept("release-fulfilment", "WH1", "FO-1");
        foreach (var (number, lines) in new[] { (1, first ?? ["1:8"]), (2, second ?? ["1:12"]) })
        {
            story.At(number).Shipment("shipment.shipped", $"SH-{number}", lines, fulfilment: "FO-1", tracking: $"TR-{number}")
                .GoodsIssued($"SH-{number}").Road("shipment.picked-up", $"TR-{number}");
        }

        return story;
    }

    private static IEnumerable<WantedCommand> Invoices(Decision decision) =>
        decision.Commands.Where(command => command.Kind == "create-invoice");
}

file static class UnrequestedInvoices
{
    public static Story Unrequested(this Story story, string number, string shipment, decimal net, object? lines = null) =>
        story.Tell("billing", "invoice.issued", number, new
        {
            references = new { order = "SO-1", shipment },
            invoice = new { number, currency = "USD", lines, net, tax = 0, total = net },
        });
}
