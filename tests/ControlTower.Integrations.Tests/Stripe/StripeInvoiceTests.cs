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
public class StripeInvoiceTests
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

    [Theory]
    [InlineData("customer_tax_location_invalid", "TAX_REJECTED")]
    [InlineData("stripe_tax_inactive", "TAX_REJECTED")]
    [InlineData("shipping_address_invalid", "ADDRESS_INVALID")]
    [InlineData("amount_too_small", "INVOICE_DIFFERS")]
    [InlineData("brand_new_code", "brand_new_code")]
    public async Task A_refusal_is_classified_and_leaves_nothing_behind(string code, string reason)
    {
        await using var vendor = await FakeStripe.StartAsync();
        vendor.RefusesToFinalise = (code, "It cannot be finalised.");

        var result = await SendAsync(vendor);

        (result.Outcome, result.Code).ShouldBe((SendOutcome.Rejected, reason));
        result.Detail.ShouldBe($"It cannot be finalised. (Stripe: 400, {code})");
        (vendor.Invoices.Count, vendor.Items.Count).ShouldBe((0, 0));
    }

    [Fact]
    public async Task A_refused_line_is_classified_by_its_parameter()
    {
        await using var vendor = await FakeStripe.StartAsync();
        vendor.RefusesItems = ("resource_missing", "tax_code");

        (await SendAsync(vendor)).Code.ShouldBe("TAX_REJECTED");
        vendor.Invoices.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_draft_that_cannot_be_removed_is_reported()
    {
        await using var vendor = await FakeStripe.StartAsync();
        vendor.RefusesToFinalise = ("stripe_tax_inactive", "No.");
        vendor.Arrange("DELETE", VendorFailure.Fails);

        var result = await SendAsync(vendor);

        result.Outcome.ShouldBe(SendOutcome.Rejected);
        result.Detail!.ShouldContain("in_0001 is left at Stripe");
        vendor.Issued.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_customer_that_nobody_linked_is_a_master_data_gap_and_nothing_is_created()
    {
        await using var vendor = await FakeStripe.StartAsync();

        var none = await SendAsync(vendor, Command(customer: "C-9"));
        vendor.Customers.Add((JsonObject)vendor.Customers[0].DeepClone());
        var several = await SendAsync(vendor);

        (none.Outcome, none.Code, several.Outcome, several.Code)
            .ShouldBe((SendOutcome.Rejected, "MASTER_GAP", SendOutcome.Rejected, "MASTER_GAP"));
        vendor.Calls.ShouldAllBe(call => call.Method == "GET");
    }

    [Fact]
    public async Task Stripes_own_customer_number_is_used_as_it_is()
    {
        await using var vendor = await FakeStripe.StartAsync();

        (await SendAsync(vendor, Command(customer: "cus_1"))).Outcome.ShouldBe(SendOutcome.Accepted);
        (await SendAsync(vendor, Command(key: "create-invoice:SO-2:SH-2/1", customer: "cus_gone"))).Code.ShouldBe("MASTER_GAP");
    }

    [Fact]
    public async Task A_busy_or_failing_vendor_has_no_unknown_outcome_before_the_first_write()
    {
        await using var vendor = await FakeStripe.StartAsync();
        vendor.Arrange("/v1/customers/search", VendorFailure.Throttled);
        var throttled = await SendAsync(vendor);
        vendor.Arrange("/v1/customers/search", VendorFailure.Fails);
        var failed = await SendAsync(vendor);
        vendor.Arrange("POST /v1/invoices", VendorFailure.Throttled);
        var later = await SendAsync(vendor);

        (throttled.Outcome, throttled.RetryAfter).ShouldBe((SendOutcome.Throttled, TimeSpan.FromSeconds(7)));
        failed.Outcome.ShouldBe(SendOutcome.NotSent);
        later.Outcome.ShouldBe(SendOutcome.Throttled);
        vendor.Invoices.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refused_key_is_unauthorised_and_reported_by_the_test()
    {
        await using var vendor = await FakeStripe.StartAsync();
        var channel = Vendors.Stripe(_time).To(vendor.BaseUrl, "sk_wrong");

        (await channel.SendAsync(Command(), default)).Outcome.ShouldBe(SendOutcome.Unauthorised);
        (await channel.PollAsync(null, 500, default)).Unauthorised.ShouldBeTrue();
        (await channel.TestAsync(default)).Works.ShouldBeFalse();
        (await ChannelOf(vendor).TestAsync(default)).Works.ShouldBeTrue();
        vendor.Invoices.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_that_was_used_for_something_else_has_an_unknown_outcome_and_is_no_refusal()
    {
        await using var vendor = await FakeStripe.StartAsync();
        await SendAsync(vendor);

        var other = await SendAsync(vendor, Command(amount: 51m));

        other.Outcome.ShouldBe(SendOutcome.Unknown);
        vendor.Items.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("JPY", "5000", 5000)]
    [InlineData("KWD", "1.23", 1230)]
    [InlineData("ISK", "70", 7000)]
    public async Task Currencies_keep_their_own_minor_unit_both_ways(string currency, string text, long minor)
    {
        var amount = decimal.Parse(text);
        await using var vendor = await FakeStripe.StartAsync();

        var result = await SendAsync(vendor, Command(amount: amount, currency: currency, second: 0m));

        ((long)vendor.Items[0]["amount"]!).ShouldBe(minor);
        var fact = Vendors.Stripe().Fact(result.Facts![0]);
        (fact.Data.Invoice!.Net, fact.Data.Invoice.Currency).ShouldBe((amount, currency));
    }

    [Fact]
    public async Task An_amount_that_cannot_be_charged_exactly_is_refused_before_the_first_request()
    {
        await using var vendor = await FakeStripe.StartAsync();

        var result = await SendAsync(vendor, Command(amount: 10.5m, currency: "JPY"));

        (result.Outcome, result.Code).ShouldBe((SendOutcome.Rejected, "AMOUNT_NOT_CHARGEABLE"));
        vendor.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lease_that_has_expired_writes_nothing()
    {
        await using var vendor = await FakeStripe.StartAsync();

        var result = await SendAsync(vendor, Command() with { MayWrite = () => false });

        (result.Outcome, result.Code).ShouldBe((SendOutcome.NotSent, SendCodes.LeaseOver));
        vendor.Calls.ShouldNotContain(call => call.Method == "POST");
    }

    [Fact]
    public async Task Two_towers_with_one_account_are_separated_by_their_prefix()
    {
        await using var vendor = await FakeStripe.StartAsync();

        await SendAsync(vendor, settings: new { keyPrefix = "east" });
        await SendAsync(vendor, settings: new { keyPrefix = "west" });

        vendor.Issued.Count().ShouldBe(2);
    }

    [Fact]
    public async Task Other_commands_are_refused() =>
        (await Vendors.Stripe().To("http://127.0.0.1:1", FakeStripe.Key).SendAsync(Command() with { Kind = "tender-shipment" }, default))
            .Outcome.ShouldBe(SendOutcome.Rejected);

    [Theory]
    [InlineData("no json")]
    [InlineData("{}")]
    [InlineData("""{"data":{"invoice":{"currency":"EUR","customer":"C","lines":[],"net":1}}}""")]
    [InlineData("""{"data":{"invoice":{"currency":null,"customer":"C","lines":[{"line":"1","amount":1}],"net":1}}}""")]
    [InlineData("""{"data":{"invoice":{"currency":"EUR","customer":"C","lines":[{"line":"1"}],"net":1}}}""")]
    public async Task An_incomplete_command_is_refused(string body) =>
        (await Vendors.Stripe().To("http://127.0.0.1:1", FakeStripe.Key)
            .SendAsync(Command() with { Body = Encoding.UTF8.GetBytes(body) }, default)).Code.ShouldBe("SCHEMA_INVALID");

    private IConnectorChannel ChannelOf(FakeStripe vendor, object? settings = null, VendorFailure? meets = null) =>
        Vendors.Stripe(_time, meets).To(vendor.BaseUrl, FakeStripe.Key, settings);

    private Task<SendResult> SendAsync(
        FakeStripe vendor, CommandEnvelope? command = null, object? settings = null, VendorFailure? meets = null) =>
        ChannelOf(vendor, settings, meets).SendAsync(command ?? Command(), CancellationToken.None);

    internal static CommandEnvelope Command(
        string key = "create-invoice:SO-1:SH-1/1", string customer = "C-1001", decimal amount = 50m, string currency = "EUR",
        decimal second = 12.34m) => new(
        "create-invoice", key, JsonSerializer.SerializeToUtf8Bytes(new
        {
            specversion = "1.0", id = key, source = "urn:control-tower", type = "tower.command.create-invoice.v1", time = Decided,
            data = new
            {
                references = new { order = "SO-1", shipment = "SH-1" },
                invoice = new
                {
                    currency, customer, net = amount + second,
                    lines = new object[] { new { line = "1", item = "A", quantity = 5, amount },
                        new { line = "2", item = "B", quantity = 2.5m, amount = second } },
                },
                evidence = Array.Empty<object>(),
            },
        }), "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
}
