using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Core.Connectors;
using ControlTower.Integrations.Http;
using ControlTower.Integrations.Stripe;
using ControlTower.Integrations.Tests.Connectors.Contracts;
using ControlTower.Integrations.Tests.Open;
using ControlTower.Integrations.Tests.Http;
using ControlTower.Testing;
using ControlTower.Testing.Vendors;
using Microsoft.AspNetCore.Http;

namespace ControlTower.Integrations.Tests.Stripe;

/// <summary>Stripe passes the contract tests of every kind.</summary>
public sealed class StripePollContract : PollContract
{
    private protected override IConnectorChannel Open(string baseUrl, PipelineOptions options) =>
        Vendors.Stripe(options: options with { TimeoutSeconds = 3 }).To(baseUrl, FakeStripe.Key);

    private protected override Task AnswerWellAsync(HttpContext context) => Partner.JsonAsync(
        context, 200, new JsonObject { ["object"] = "list", ["has_more"] = false,
            ["data"] = new JsonArray(StripeTranslatorContract.Event("invoice.finalized")) }.ToJsonString());
}

public sealed class StripeSendContract : SendContract
{
    private protected override string IdempotencyHeader => "Idempotency-Key";

    // An invoice takes five requests; a busy machine needs its time for them.
    private protected override IConnectorChannel Open(string baseUrl, PipelineOptions options) =>
        Vendors.Stripe(new ManualTime(), options: options with { TimeoutSeconds = 5 }).To(baseUrl, FakeStripe.Key);

    private protected override CommandEnvelope Command(Func<bool>? mayWrite = null) =>
        StripeInvoiceTests.Command() with { MayWrite = mayWrite };

    private protected override Task AnswerWellAsync(HttpContext context) =>
        Partner.JsonAsync(context, 200, context.Request.Path.Value switch
    {
        "/v1/customers/search" => """{"object":"search_result","data":[{"id":"cus_1","object":"customer"}],"has_more":false}""",
        "/v1/invoices" => """{"id":"in_1","object":"invoice","status":"draft","customer":"cus_1","number":null}""",
        "/v1/invoiceitems" => """{"id":"ii_1","object":"invoiceitem"}""",
        _ => StripeTranslatorContract.Invoice().ToJsonString(),
    });
}

public sealed class StripeTranslatorContract : TranslatorContract
{
    private protected override IConnectorKind Kind { get; } = Vendors.Stripe();

    private protected override string Role => "billing";

    private protected override IReadOnlyList<string> Samples =>
        [.. new[] { "invoice.finalized", "invoice.voided", "invoice.paid" }.Select(type => Wrapped(Event(type))),
            Wrapped(Failed("stripe_tax_inactive"))];

    private protected override string WithUnknownCode => Wrapped(Failed("brand_new_code"));

    private protected override string MeaningOfUnknownCode => "TAX_REJECTED";

    internal static JsonObject Event(string type) => new()
    {
        ["id"] = "evt_1", ["object"] = "event", ["type"] = type, ["created"] = 1772438400,
        ["data"] = new JsonObject { ["object"] = Invoice() },
    };

    internal static JsonObject Invoice() => new()
    {
        ["id"] = "in_1", ["object"] = "invoice", ["status"] = "open", ["number"] = "TWR-1", ["currency"] = "eur", ["customer"] = "cus_1",
        ["subtotal"] = 1000, ["total"] = 1190,
        ["total_excluding_tax"] = 1000, ["amount_paid"] = 1190,
        ["metadata"] = new JsonObject { ["tower_order"] = "SO-1", ["tower_shipment"] = "SH-1" },
        ["status_transitions"] = new JsonObject { ["finalized_at"] = 1772438400, ["voided_at"] = 1772438400, ["paid_at"] = 1772438400 },
        ["lines"] = new JsonObject
        {
            ["has_more"] = false,
            ["data"] = new JsonArray(new JsonObject { ["amount"] = 1000, ["description"] = "5 × A",
                ["metadata"] = new JsonObject { ["tower_line"] = "1", ["tower_quantity"] = "5" } }),
        },
    };

    private static JsonObject Failed(string code)
    {
        var @event = Event("invoice.finalization_failed");
        @event["data"]!["object"]!["last_finalization_error"] =
            new JsonObject { ["type"] = "invalid_request_error", ["code"] = code, ["message"] = "It cannot be finalised." };
        return @event;
    }

    private static string Wrapped(JsonObject @event) =>
        Encoding.UTF8.GetString(StripeEvents.From(JsonSerializer.SerializeToElement(@event)));
}
