using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Transactions;

/// <summary>The invoice of a journal posting, its figures and its reversal.</summary>
public class PostingViewTests
{
    [Fact]
    public void A_posting_that_names_no_invoice_is_that_of_the_command_it_answers()
    {
        var story = Invoiced().Accepted("create-invoice", "SH-9", "JE-2", system: "billing")
            .Accepted("post-invoice", "INV-1", "JE-1", system: "erp").Accepted("post-invoice", "INV-2", "JE-2", system: "erp")
            .Post("JE-1", null).Post("JE-2", null).Post("JE-3", null);

        story.View.Postings.Select(posting => posting.Invoice).ShouldBe(["INV-1", "INV-2", null]);
        story.View.Invoices.Select(invoice => invoice.Posting).ShouldBe(["JE-1", "JE-2"]);
    }

    [Fact]
    public void A_posting_shows_the_invoice_that_it_names_a_known_one_first()
    {
        var story = Invoiced().Post("JE-1", new[] { "INV-0", "INV-1" }).Post("JE-2", "INV-9");

        story.View.Postings.Select(posting => posting.Invoice).ShouldBe(["INV-1", "INV-9"]);
    }

    [Theory]
    [InlineData(100, 119, "USD", 100, false)]
    [InlineData(null, 119, "USD", 100, false)]
    [InlineData(99, 119, "USD", 99, true)]
    [InlineData(100, 118, "USD", 100, true)]
    [InlineData(100, 119, "EUR", 100, true)]
    public void A_posting_of_another_net_total_or_currency_than_its_invoice_differs(
        int? net, int total, string currency, int shown, bool differs)
    {
        var story = Invoiced().Post("JE-1", "INV-1", net, total, currency);

        (story.View.Postings.Single().Net, story.View.Postings.Single().Differs).ShouldBe((shown, differs));
        story.View.TruthTable.Single(row => row.System == "erp").Differs.ShouldBe(differs);
        story.Reversed("JE-1").View.TruthTable.Single(row => row.System == "erp").Differs.ShouldBeFalse();
    }

    [Fact]
    public void A_posting_without_a_known_invoice_has_no_net_and_differs_from_nothing()
    {
        var posting = Invoiced().Post("JE-1", "INV-9", net: null).View.Postings.Single();

        (posting.Net, posting.Differs).ShouldBe((null, false));
    }

    [Theory]
    [InlineData("JE-1", null, true)]
    [InlineData("RV-1", "JE-1", true)]
    [InlineData("X-1", null, true)]
    [InlineData("RV-1", "JE-2", false)]
    public void A_posting_is_reversed_by_its_subject_or_by_the_number_that_the_reversal_names(
        string subject, string? named, bool isReversed)
    {
        var story = Invoiced().Post("JE-1", "INV-1", subject: subject == "X-1" ? "X-1" : "JE-1")
            .Tell("erp", "posting.reversed", subject, new { references = new { order = "SO-1", posting = named } });

        (story.View.Postings.Single().ReversedAt is not null).ShouldBe(isReversed);
    }

    [Fact]
    public void A_cancelled_invoice_whose_own_posting_is_not_on_its_way_counts_no_longer()
    {
        var story = Invoiced().Accepted("post-invoice", "INV-2", "JE-2", system: "erp").Accepted("tender-shipment", "INV-1")
            .InvoiceCancelled("INV-1").InvoiceCancelled("INV-2");

        story.View.Invoices.Select(invoice => invoice.CountsAsInvoiced).ShouldBe([false, true]);
        story.View.Lines.Single().Invoiced.ShouldBe(10);
    }

    private static Story Invoiced() => new Story().OneLine().Invoice("INV-1").Invoice("INV-2");
}

file static class Journal
{
    public static Story Invoice(this Story story, string number) => story.Tell("billing", "invoice.issued", number, new
    {
        references = new { order = "SO-1" },
        invoice = new { number, currency = "USD", lines = new[] { new { line = "1", quantity = 10 } }, net = 100, tax = 19, total = 119 },
    });

    public static Story Post(
        this Story story, string document, object? invoice, int? net = 100, int total = 119, string currency = "USD",
        string? subject = null) => story.Tell("erp", "posting.posted", subject ?? document, new
    {
        references = new { order = "SO-1", invoice },
        posting = new { document, net, total, currency },
    });
}
