using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Receiving;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.Stripe;
using ControlTower.Integrations.Tests.Http;
using ControlTower.Testing;
using ControlTower.Testing.Vendors;

namespace ControlTower.Integrations.Tests.Stripe;

/// <summary>Stripe's webhooks and its list of events, and the facts that the tower reads from them.</summary>
public class StripeEventTests
{
    private static readonly IConnectorKind Kind = Vendors.Stripe();
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Webhook_poll_and_answer_give_one_event()
    {
        await using var vendor = await FakeStripe.StartAsync();
        var channel = Vendors.Stripe(_time).To(vendor.BaseUrl, FakeStripe.Key);
        var answered = (await channel.SendAsync(StripeInvoiceTests.Command(), default)).Facts!;

        var polled = (await channel.PollAsync(null, 500, default)).Events;
        var pushed = Receive(vendor.Events[0]).Events!;

        foreach (var item in new[] { polled, pushed })
        {
            Convert.ToHexString(item.ShouldHaveSingleItem()).ShouldBe(Convert.ToHexString(answered[0]));
        }
    }

    [Fact]
    public async Task A_voided_invoice_is_cancelled_and_a_paid_one_gives_a_witness()
    {
        await using var vendor = await FakeStripe.StartAsync();
        await Vendors.Stripe(_time).To(vendor.BaseUrl, FakeStripe.Key).SendAsync(StripeInvoiceTests.Command(), default);
        var paid = (JsonObject)vendor.Invoices[0].DeepClone();
        (paid["status"], paid["amount_paid"]) = ("paid", 6234);

        var cancelled = Kind.Fact(Receive(vendor.Void(vendor.Invoices[0])).Events![0]);
        var witnessed = Kind.Fact(Receive(vendor.Say("invoice.paid", paid)).Events![0]);

        (cancelled.Milestone, cancelled.Subject).ShouldBe((Milestones.InvoiceCancelled, "TWR-0001"));
        (witnessed.Milestone, witnessed.Data.Amount, witnessed.Data.Currency).ShouldBe((Milestones.PaymentApplied, 62.34m, "EUR"));
        Milestones.Owns(witnessed.Role, witnessed.Milestone).ShouldBeFalse();
    }

    [Theory]
    [InlineData("customer_tax_location_invalid", "TAX_REJECTED")]
    [InlineData("taxes_calculation_failed", "TAX_REJECTED")]
    public void An_invoice_of_others_that_cannot_be_finalised_is_rejected_with_its_reason(string code, string reason)
    {
        var invoice = Invoice(("tower_order", "SO-1"));
        invoice["last_finalization_error"] = new JsonObject { ["type"] = "invalid_request_error", ["code"] = code,
            ["message"] = "No address." };

        var fact = Kind.Fact(StripeEvents.From(Event("invoice.finalization_failed", invoice)));

        (fact.Milestone, fact.Data.Code, fact.Data.Reason).ShouldBe((Milestones.InvoiceRejected, reason, "No address."));
    }

    [Fact]
    public void A_reason_that_nobody_mapped_waits_for_its_mapping()
    {
        var invoice = Invoice(("tower_order", "SO-1"));
        invoice["last_finalization_error"] = new JsonObject { ["code"] = "brand_new", ["message"] = "?" };

        var refusal = Kind.Map(StripeEvents.From(Event("invoice.finalization_failed", invoice))).Refusal!;

        (refusal.ReasonCode, refusal.Code!.Scheme, refusal.Code.Code).ShouldBe((ReasonCodes.CodeUnmapped, "stripe.error", "brand_new"));
    }

    [Fact]
    public void A_failure_of_the_towers_own_command_is_not_reported_again()
    {
        var invoice = Invoice(("tower_command", "abc"), ("tower_order", "SO-1"));
        invoice["last_finalization_error"] = new JsonObject { ["code"] = "stripe_tax_inactive" };

        Kind.Map(StripeEvents.From(Event("invoice.finalization_failed", invoice))).Ignored.ShouldNotBeNull();
    }

    [Fact]
    public void An_invoice_without_an_order_is_of_no_interest() =>
        Kind.Map(StripeEvents.From(Event("invoice.finalized", Invoice())))
            .Ignored.ShouldBe("Invoice TWR-7 names no order (tower_order) in its metadata.");

    [Fact]
    public void Incomplete_lines_are_left_out()
    {
        var invoice = Invoice(("tower_order", "SO-1"));
        invoice["lines"]!["has_more"] = true;

        var fact = Kind.Fact(StripeEvents.From(Event("invoice.finalized", invoice)));

        (fact.Data.Invoice!.Lines, fact.Data.Invoice.Net).ShouldBe((null, 10m));
    }

    [Fact]
    public void An_older_version_of_the_api_gives_the_same_amounts()
    {
        var invoice = Invoice(("tower_order", "SO-1"));
        invoice.Remove("total_excluding_tax");
        (invoice["total"], invoice["tax"]) = (1200, 200);

        var fact = Kind.Fact(StripeEvents.From(Event("invoice.finalized", invoice)));

        (fact.Data.Invoice!.Net, fact.Data.Invoice.Tax, fact.Data.Invoice.Total).ShouldBe((10m, 2m, 12m));
    }

    [Theory]
    [InlineData("total", "\"1000\"", "data.object.total")]
    [InlineData("total", "10.5", "data.object.total")]
    [InlineData("total", "null", "data.object.total")]
    [InlineData("currency", "null", "data.object.currency")]
    [InlineData("currency", "[]", "data.object.currency")]
    [InlineData("metadata", "[]", "data.object.metadata")]
    public void A_changed_schema_is_named_by_its_field(string member, string json, string field)
    {
        var invoice = Invoice(("tower_order", "SO-1"));
        invoice[member] = JsonNode.Parse(json);

        var result = Kind.Map(StripeEvents.From(Event("invoice.finalized", invoice)));

        (result.Refusal!.ReasonCode, result.Refusal.Field).ShouldBe((ReasonCodes.SchemaInvalid, field));
    }

    [Fact]
    public void The_recorded_event_is_acknowledged_and_recorded_as_of_no_interest()
    {
        var body = Vendors.Recorded("stripe-event.json");

        var events = Kind.Receive(Request(body, StripeSignature.Sign([FakeStripe.Secret], _time.GetUtcNow(), body))).Events!;

        Kind.Map(events.ShouldHaveSingleItem()).Ignored.ShouldBe("The tower takes nothing from plan.created.");
    }

    [Fact]
    public void The_recorded_invoice_is_read_whole()
    {
        using var body = JsonDocument.Parse(Vendors.Recorded("stripe-invoice.json"));
        StripeJson.IsDraft(body.RootElement).ShouldBeTrue();
        StripeJson.NumberOf(body.RootElement).ShouldBe("in_1Pgc6tB7WZ01zgkWu9fdqL6I");

        Kind.Map(StripeEvents.OfInvoice(StripeEvents.Finalized, body.RootElement)).Ignored.ShouldNotBeNull();
        var ours = JsonNode.Parse(body.RootElement.GetRawText())!.AsObject();
        ours["metadata"] = new JsonObject { ["tower_order"] = "SO-1" };
        var fact = Kind.Fact(StripeEvents.OfInvoice(StripeEvents.Finalized, JsonSerializer.SerializeToElement(ours)));

        (fact.Data.Invoice!.Currency, fact.Data.Invoice.Net, fact.Data.Invoice.Tax, fact.Data.Invoice.Total)
            .ShouldBe(("USD", 10m, 0m, 10m));
        fact.Data.Invoice.Lines.ShouldBeNull();
    }

    [Fact]
    public void A_webhook_is_refused_when_it_is_old_or_signed_by_another()
    {
        var @event = JsonNode.Parse(Event("invoice.finalized", Invoice()).GetRawText())!.AsObject();
        var (body, signature) = FakeStripe.Webhook(@event, _time.GetUtcNow());
        var (_, old) = FakeStripe.Webhook(@event, _time.GetUtcNow().AddMinutes(-6));
        var (_, other) = FakeStripe.Webhook(@event, _time.GetUtcNow(), "whsec_other");
        var (_, both) = FakeStripe.Webhook(@event, _time.GetUtcNow(), "whsec_other", FakeStripe.Secret);

        Kind.Receive(Request(body, signature)).Events.ShouldNotBeNull();
        Kind.Receive(Request(body, both)).Events.ShouldNotBeNull();
        Kind.Receive(Request(body, old)).IsGenuine.ShouldBeFalse();
        Kind.Receive(Request(body, other)).IsGenuine.ShouldBeFalse();
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("""{"object":"invoice"}""")]
    [InlineData("""{"object":"event"}""")]
    public void A_signed_body_that_is_no_event_is_refused(string text)
    {
        var body = Vendors.Utf8(text);

        Kind.Receive(Request(body, StripeSignature.Sign([FakeStripe.Secret], _time.GetUtcNow(), body))).Error.ShouldNotBeNull();
    }

    [Fact]
    public async Task The_poll_reads_every_page_once_and_then_only_what_is_new()
    {
        await using var vendor = await FakeStripe.StartAsync();
        for (var i = 0; i < 230; i++)
        {
            vendor.Say("invoice.finalized", Invoice(("tower_order", $"SO-{i}")));
            vendor.Say("plan.created", new JsonObject { ["id"] = "plan" });
            vendor.Now += TimeSpan.FromSeconds(10);
        }

        var (seen, cursor) = await PollAllAsync(vendor, null);
        seen.Count.ShouldBe(230);
        vendor.Calls.Clear();
        var (none, same) = await PollAllAsync(vendor, cursor);
        (none.Count, same, vendor.Calls.Count).ShouldBe((0, cursor, 1));

        vendor.Say("invoice.voided", Invoice(("tower_order", "SO-1")));
        var (newItems, next) = await PollAllAsync(vendor, cursor);
        newItems.Except(seen).Count().ShouldBe(1);
        next.ShouldNotBe(cursor);
    }

    [Fact]
    public async Task An_event_that_is_listed_late_is_read_too()
    {
        await using var vendor = await FakeStripe.StartAsync();
        vendor.Say("invoice.finalized", Invoice(("tower_order", "SO-1")));
        var (_, cursor) = await PollAllAsync(vendor, null);

        var late = vendor.Say("invoice.finalized", Invoice(("tower_order", "SO-2")));
        late["created"] = vendor.Now.AddSeconds(-90).ToUnixTimeSeconds();
        vendor.Events.Reverse();
        var (seen, _) = await PollAllAsync(vendor, cursor);

        seen.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(VendorFailure.Throttled)]
    [InlineData(VendorFailure.Fails)]
    [InlineData(VendorFailure.LosesAnswer)]
    [InlineData(VendorFailure.BreaksOff)]
    [InlineData(VendorFailure.Hangs)]
    public async Task A_page_that_fails_gives_no_event_and_moves_no_cursor(VendorFailure mishap)
    {
        await using var vendor = await FakeStripe.StartAsync();
        vendor.Say("invoice.finalized", Invoice(("tower_order", "SO-1")));
        vendor.Arrange("/v1/events", mishap);

        var failed = await Vendors.Stripe(_time, mishap).To(vendor.BaseUrl, FakeStripe.Key).PollAsync(null, 500, default);
        var next = await Vendors.Stripe(_time).To(vendor.BaseUrl, FakeStripe.Key).PollAsync(null, 500, default);

        (failed.Error is not null, failed.Events.Count, next.Events.Count).ShouldBe((true, 0, 1));
    }

    private async Task<(HashSet<string> Ids, string? Cursor)> PollAllAsync(FakeStripe vendor, string? cursor)
    {
        var (channel, seen) = (Vendors.Stripe(_time).To(vendor.BaseUrl, FakeStripe.Key), new HashSet<string>());
        while (true)
        {
            // Like the poll worker: reads again at once while the cursor moves and the page has events.
            var page = await channel.PollAsync(cursor, 500, default);
            page.Error.ShouldBeNull();
            seen.UnionWith(Vendors.Ids(page.Events));
            if (page.Events.Count == 0 || page.Next == cursor)
            {
                return (seen, page.Next);
            }

            cursor = page.Next;
        }
    }

    private Received Receive(JsonObject @event)
    {
        var (body, signature) = FakeStripe.Webhook(@event, _time.GetUtcNow());
        return Kind.Receive(Request(body, signature));
    }

    private InboundRequest Request(byte[] body, string signature) => new(
        name => name == StripeSignature.Header ? signature : null, body,
        ConnectorCredentials.For(("webhookSecret", FakeStripe.Secret)), [], _time.GetUtcNow());

    private static JsonElement Event(string type, JsonObject about) => JsonSerializer.SerializeToElement(new JsonObject
    {
        ["id"] = "evt_1", ["object"] = "event", ["type"] = type, ["created"] = 1772438400,
        ["data"] = new JsonObject { ["object"] = about.DeepClone() },
    });

    private static JsonObject Invoice(params (string Name, string Value)[] metadata) => new()
    {
        ["id"] = "in_7", ["object"] = "invoice", ["number"] = "TWR-7", ["status"] = "open", ["currency"] = "usd", ["customer"] = "cus_1",
        ["total"] = 1000,
        ["total_excluding_tax"] = 1000, ["status_transitions"] = new JsonObject { ["finalized_at"] = 1772438400 },
        ["metadata"] = new JsonObject(metadata.Select(pair => KeyValuePair.Create(pair.Name, (JsonNode?)pair.Value))),
        ["lines"] = new JsonObject
        {
            ["has_more"] = false, ["data"] = new JsonArray(
                new JsonObject { ["amount"] = 1000, ["metadata"] = new JsonObject { ["tower_line"] = "1" } }),
        },
    };
}
