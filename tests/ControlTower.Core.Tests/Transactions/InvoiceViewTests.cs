using ControlTower.Core.Processes.SalesOrders;
using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Transactions;

/// <summary>Which request an invoice answers, and what it bills of each line.</summary>
public class InvoiceViewTests
{
    private static readonly object Asked = new
    {
        invoice = new
        {
            net = 130, lines = new[] { new { line = "1", quantity = 20, amount = 100 }, new { line = "2", quantity = 5, amount = 30 } },
        },
    };

    [Fact]
    public void Each_invoice_answers_the_accepted_request_for_its_shipment_that_no_other_invoice_answers()
    {
        var story = Ordered().Rejected("create-invoice", "SH-1").Accepted("create-invoice", "SH-1", number: 2, system: "billing")
            .Accepted("create-invoice", "SH-1", number: 3, system: "billing").Accepted("create-invoice", "SH-2", system: "billing")
            .Invoice("INV-1", "SH-1").Invoice("INV-2", "SH-1").Invoice("INV-3", "SH-2").Invoice("INV-4", "SH-1");

        story.View.Invoices.Select(invoice => invoice.CommandKey).ShouldBe(
            ["create-invoice:SO-1:SH-1/2", "create-invoice:SO-1:SH-1/3", "create-invoice:SO-1:SH-2/1", null]);
    }

    [Fact]
    public void An_invoice_answers_the_request_that_became_its_number_before_any_other()
    {
        var story = Ordered().Accepted("create-invoice", "SH-1", system: "billing")
            .Accepted("create-invoice", "SH-1", "INV-2", number: 2, system: "billing").Invoice("INV-1", "SH-1").Invoice("INV-2", "SH-1");

        story.View.Invoices.Select(invoice => invoice.CommandKey)
            .ShouldBe(["create-invoice:SO-1:SH-1/1", "create-invoice:SO-1:SH-1/2"]);
    }

    [Fact]
    public void An_invoice_is_that_of_the_shipment_it_names_and_else_of_the_one_it_was_asked_for()
    {
        var story = Ordered().Accepted("create-invoice", "SH-1", "INV-1", system: "billing")
            .Accepted("create-invoice", "SH-2", "INV-2", number: 2, system: "billing").Invoice("INV-1", "SH-2").Invoice("INV-2", null);

        story.View.Invoices.Select(invoice => invoice.Shipment).ShouldBe(["SH-2", "SH-2"]);
    }

    [Theory]
    [InlineData(130, "USD", false)]
    [InlineData(129, "USD", true)]
    [InlineData(130, "EUR", true)]
    public void An_invoice_of_another_amount_or_currency_than_was_asked_differs(decimal net, string currency, bool differs) =>
        Ordered().Accepted("create-invoice", "SH-1", "INV-1", Asked, system: "billing")
            .Invoice("INV-1", "SH-1", net, currency: currency).View.Invoices.Single().Differs.ShouldBe(differs);

    /// <summary>Quantity and amount that the invoice states of line 1, and what is then billed of both lines.</summary>
    [Theory]
    [InlineData(18, 90, 18, 90, 0)]
    [InlineData(18, null, 18, 100, 0)]
    [InlineData(null, 90, 20, 90, 0)]
    [InlineData(null, null, 20, 100, 0)]
    public void An_invoice_bills_what_its_line_states_and_else_what_was_asked(
        int? quantity, int? amount, decimal billed, decimal billedAmount, decimal other)
    {
        var story = Ordered().Accepted("create-invoice", "SH-1", "INV-1", Asked, system: "billing")
            .Invoice("INV-1", "SH-1", lines: new[] { new { line = "1", quantity, amount } });

        Billed(story).ShouldBe([(billed, billedAmount, 0), (other, 0, 0)]);
        Billed(story.Posted("JE-1", "INV-1", 130)).ShouldBe([(billed, billedAmount, billed), (other, 0, 0)]);
        story.View.TruthTable.Single(row => row.System == "erp").Quantity.ShouldBe(billed);
    }

    [Fact]
    public void An_invoice_without_lines_bills_all_that_was_asked()
    {
        var story = Ordered().Accepted("create-invoice", "SH-1", "INV-1", Asked, system: "billing").Invoice("INV-1", "SH-1")
            .Posted("JE-1", "INV-1", 130);

        Billed(story).ShouldBe([(20, 100, 20), (5, 30, 5)]);
        story.View.TruthTable.Single(row => row.System == "erp").Quantity.ShouldBe(25);
    }

    [Fact]
    public void An_invoice_without_lines_that_nobody_asked_for_bills_no_line()
    {
        var story = Ordered().Invoice("INV-1", "SH-1").Posted("JE-1", "INV-1", 130);

        Billed(story).ShouldBe([(0, 0, 0), (0, 0, 0)]);
        story.View.TruthTable.Single(row => row.System == "erp").Quantity.ShouldBe(0);
    }

    [Theory]
    [InlineData("INV-1", null, true)]
    [InlineData("CN-1", "INV-1", true)]
    [InlineData("X-1", null, true)]
    [InlineData("CN-1", "INV-2", false)]
    public void An_invoice_is_cancelled_by_its_subject_or_by_the_number_that_the_cancellation_names(
        string subject, string? named, bool isCancelled)
    {
        var story = Ordered().Invoice("INV-1", "SH-1", subject: subject == "X-1" ? "X-1" : "INV-1")
            .Tell("billing", "invoice.cancelled", subject, new { references = new { order = "SO-1", invoice = named } });

        (story.View.Invoices.Single().CancelledAt is not null).ShouldBe(isCancelled);
    }

    private static Story Ordered() => new Story().Order([Story.Line("1", 20, 100), Story.Line("2", 5, 30)], 130)
        .Shipment("shipment.shipped", "SH-1", ["1:20"]).Shipment("shipment.shipped", "SH-2", ["2:5"]);

    private static IEnumerable<(decimal Invoiced, decimal Amount, decimal Posted)> Billed(Story story) =>
        story.View.Lines.Select(line => (line.Invoiced, line.InvoicedAmount, line.Posted));
}

file static class Invoices
{
    public static Story Invoice(
        this Story story, string number, string? shipment, decimal net = 130, object? lines = null, string currency = "USD",
        string? subject = null) => story.Tell("billing", "invoice.issued", subject ?? number, new
    {
        references = new { order = "SO-1", shipment },
        invoice = new { number, currency, lines, net, tax = 0, total = net },
    });
}
