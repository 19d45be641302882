using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Core.Connectors;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.Tests.Http;
using ControlTower.Testing;
using ControlTower.Testing.Vendors;

namespace ControlTower.Integrations.Tests.Stripe;

/// <summary>One key, one invoice: counted in Stripe's books, whatever fails in between.</summary>
public partial class StripeInvoiceTests
{
    private static readonly DateTimeOffset Decided = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_command_becomes_a_finalised_invoice_with_its_lines()
    {
        await using var vendor = await FakeStripe.StartAsync();

        var result = await SendAsync(vendor);

        (result.Outcome, result.ExternalId).ShouldBe((SendOutcome.Accepted, "TWR-0001"));
        var invoice = vendor.Invoices.ShouldHaveSingleItem();
        ((string)invoice["customer"]!, (string)invoice["currency"]!, (long)invoice["total"]!, (bool)invoice["auto_advance"]!)
            .ShouldBe(("cus_1", "eur", 6234L, false));
        ((string)invoice["metadata"]!["tower_key"]!, (string)invoice["metadata"]!["tower_order"]!,
            (string)invoice["metadata"]!["tower_shipment"]!)
            .ShouldBe(("create-invoice:SO-1:SH-1/1", "SO-1", "SH-1"));
        vendor.Items.Select(item => ((long)item["amount"]!, (string)item["description"]!, (string)item["metadata"]!["tower_line"]!))
            .ShouldBe([(5000L, "5 × A", "1"), (1234L, "2.5 × B", "2")]);
    }

    [Fact]
    public async Task The_answer_carries_the_issued_invoice_as_the_event_would()
    {
        await using var vendor = await FakeStripe.StartAsync();

        var result = await SendAsync(vendor, settings: new { automaticTax = true });

        var fact = Vendors.Stripe().Fact(result.Facts!.ShouldHaveSingleItem());
        (fact.Milestone, fact.Subject).ShouldBe((Milestones.InvoiceIssued, "TWR-0001"));
        (fact.Data.Invoice!.Currency, fact.Data.Invoice.Net, fact.Data.Invoice.Tax, fact.Data.Invoice.Total)
            .ShouldBe(("EUR", 62.34m, 12.46m, 74.80m));
        fact.Data.Invoice.Lines!.Select(line => (line.Line, line.Quantity, line.Amount)).ShouldBe([("1", 5m, 50m), ("2", 2.5m, 12.34m)]);
        fact.References.ShouldContain(new Reference(ReferenceKinds.Order, null, "SO-1"));

        var polled = (await ChannelOf(vendor).PollAsync(null, 500, default)).Events;
        Convert.ToHexString(polled.ShouldHaveSingleItem()).ShouldBe(Convert.ToHexString(result.Facts![0]));
    }

    [Fact]
    public async Task A_retried_key_gives_the_same_invoice()
    {
        await using var vendor = await FakeStripe.StartAsync();

        var first = await SendAsync(vendor);
        var second = await SendAsync(vendor);

        second.ExternalId.ShouldBe(first.ExternalId);
        (vendor.Invoices.Count, vendor.Items.Count).ShouldBe((1, 2));
        vendor.Calls.Count(call => call.Method == "POST").ShouldBe(8);
    }

    [Theory]
    [InlineData("POST /v1/invoices", VendorFailure.LosesAnswer)]
    [InlineData("POST /v1/invoices", VendorFailure.BreaksOff)]
    [InlineData("POST /v1/invoices", VendorFailure.Hangs)]
    [InlineData("POST /v1/invoices", VendorFailure.Fails)]
    [InlineData("POST /v1/invoices", VendorFailure.FailsAfter)]
    [InlineData("POST /v1/invoiceitems", VendorFailure.LosesAnswer)]
    [InlineData("POST /v1/invoiceitems", VendorFailure.BreaksOff)]
    [InlineData("POST /v1/invoiceitems", VendorFailure.Hangs)]
    [InlineData("POST /v1/invoiceitems", VendorFailure.Fails)]
    [InlineData("POST /v1/invoiceitems", VendorFailure.FailsAfter)]
    [InlineData("POST /v1/invoiceitems", VendorFailure.Throttled)]
    [InlineData("/finalize", VendorFailure.LosesAnswer)]
    [InlineData("/finalize", VendorFailure.BreaksOff)]
    [InlineData("/finalize", VendorFailure.Hangs)]
    [InlineData("/finalize", VendorFailure.Fails)]
    [InlineData("/finalize", VendorFailure.FailsAfter)]
    [InlineData("/finalize", VendorFailure.Throttled)]
    public async Task An_unknown_outcome_ends_with_one_invoice_and_no_duplicate_line(string where, VendorFailure mishap)
    {
        await using var vendor = await FakeStripe.StartAsync();
        vendor.Arrange(where, mishap);

        var first = await SendAsync(vendor, meets: mishap);
        var second = await SendAsync(vendor);
        var third = await SendAsync(vendor);

        first.Outcome.ShouldBe(SendOutcome.Unknown);
        (second.Outcome, third.Outcome, third.ExternalId).ShouldBe((SendOutcome.Accepted, SendOutcome.Accepted, second.ExternalId));
        var issued = vendor.Issued.ShouldHaveSingleItem();
        ((long)issued["total"]!, vendor.Items.Count, vendor.Invoices.Count).ShouldBe((6234L, 2, 1));
    }

    [Fact]
    public async Task Two_attempts_at_once_make_one_invoice()
    {
        await using var vendor = await FakeStripe.StartAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync(vendor)));

        results.Where(result => result.Outcome == SendOutcome.Accepted).Select(result => result.ExternalId).Distinct()
            .ShouldBe(["TWR-0001"]);
        (vendor.Invoices.Count, vendor.Items.Count).ShouldBe((1, 2));
    }

    [Theory]
    [InlineData("POST /v1/invoices")]
    [InlineData("POST /v1/invoiceitems")]
    [InlineData("/finalize")]
    public async Task After_the_keys_expired_an_existing_invoice_is_found_and_finished(string where)
    {
        await using var vendor = await FakeStripe.StartAsync();
        vendor.Arrange(where, VendorFailure.LosesAnswer);
        (await SendAsync(vendor)).Outcome.ShouldBe(SendOutcome.Unknown);

        vendor.Now += TimeSpan.FromDays(3);
        _time.Pass(TimeSpan.FromDays(3));
        var result = await SendAsync(vendor);

        result.Outcome.ShouldBe(SendOutcome.Accepted);
        ((long)vendor.Issued.ShouldHaveSingleItem()["total"]!, vendor.Items.Count, vendor.Invoices.Count).ShouldBe((6234L, 2, 1));
        vendor.Calls.ShouldContain(call => call.Path == "/v1/invoices/search");
    }

    [Fact]
    public async Task A_young_command_is_not_looked_up()
    {
        await using var vendor = await FakeStripe.StartAsync();

        await SendAsync(vendor);

        vendor.Calls.ShouldNotContain(call => call.Path == "/v1/invoices/search");
        var channel = ChannelOf(vendor);
        (channel.PolicyForUnknownOutcome("create-invoice"),
            channel.KeysKept("create-invoice")).ShouldBe((UnknownOutcomePolicy.NativeKey, TimeSpan.MaxValue));
    }

    [Fact]
    public async Task A_look_up_distinguishes_issued_draft_and_nothing()
    {
        await using var vendor = await FakeStripe.StartAsync();
        var channel = ChannelOf(vendor);
        (await channel.LookUpAsync(Command(), default)).Outcome.ShouldBe(LookUpOutcome.Absent);

        vendor.Arrange("POST /v1/invoiceitems", VendorFailure.Throttled);
        await SendAsync(vendor);
        vendor.Now += TimeSpan.FromMinutes(5);
        (await channel.LookUpAsync(Command(), default)).Outcome.ShouldBe(LookUpOutcome.Absent);

        await SendAsync(vendor);
        var found = await channel.LookUpAsync(Command(), default);
        (found.Outcome, found.ExternalId, found.Facts!.Count).ShouldBe((LookUpOutcome.Found, "TWR-0001", 1));

        vendor.Arrange("/search", VendorFailure.Fails);
        (await channel.LookUpAsync(Command(), default)).Outcome.ShouldBe(LookUpOutcome.Unknown);
    }
}
