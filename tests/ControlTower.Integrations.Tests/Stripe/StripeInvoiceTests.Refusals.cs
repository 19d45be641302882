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

public partial class StripeInvoiceTests
{
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
