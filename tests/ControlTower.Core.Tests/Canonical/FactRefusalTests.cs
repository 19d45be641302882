using System.Text.Json.Nodes;
using ControlTower.Core.Facts;

namespace ControlTower.Core.Tests.Canonical;

/// <summary>What is wrong with a body is reported by its field and in one sentence; nothing is guessed.</summary>
public class FactRefusalTests
{
    [Theory]
    [InlineData("order.accepted", "order")]
    [InlineData("order.accepted", "order/number order/version order/legalEntity order/customer order/currency order/lines order/total")]
    [InlineData("order.accepted", "order/customer/id")]
    [InlineData("order.accepted", "order/lines/0/line order/lines/0/item order/lines/0/quantity order/lines/0/unit order/lines/0/amount")]
    [InlineData("order.accepted", "order/lines/0/site")]
    [InlineData("order.held", "hold hold/id hold/code hold/stops")]
    [InlineData("order.released", "hold hold/id")]
    [InlineData("order.cancelled", "lines/0/line")]
    [InlineData("fulfilment.allocated", "site lines lines/0/line lines/0/quantity")]
    [InlineData("fulfilment.picked", "site lines")]
    [InlineData("fulfilment.packed", "site lines")]
    [InlineData("fulfilment.staged", "site lines")]
    [InlineData("fulfilment.short", "lines lines/0/line lines/0/missing")]
    [InlineData("shipment.ready", "site lines")]
    [InlineData("shipment.shipped", "lines")]
    [InlineData("shipment.estimate", "estimatedDelivery")]
    [InlineData("shipment.exception", "exception exception/kind exception/state")]
    [InlineData("delivery.pod", "pod/lines/0/line pod/lines/0/delivered")]
    [InlineData("goods-issue.posted", "document lines/0/line")]
    [InlineData("goods-issue.rejected", "code")]
    [InlineData("invoice.issued", "invoice invoice/number invoice/currency invoice/net invoice/total invoice/lines/0/line")]
    [InlineData("invoice.rejected", "code")]
    [InlineData("posting.posted", "posting posting/document posting/total posting/currency")]
    [InlineData("posting.rejected", "code")]
    [InlineData("payment.applied", "amount currency")]
    [InlineData("freight.invoiced", "freight freight/carrier freight/invoice freight/currency freight/charges freight/total")]
    [InlineData("freight.invoiced", "freight/charges/0/code freight/charges/0/amount")]
    public void A_body_without_a_required_field_is_refused_as_missing_it(string milestone, string paths)
    {
        foreach (var path in paths.Split(' '))
        {
            var sent = CompleteBodies.Body(milestone);
            sent.Remove(path);

            Refusal(milestone, sent).ShouldBe(Missing($"data.{JsonEdits.FieldOf(path)}"));
        }
    }

    [Theory]
    [InlineData("order.accepted", "order", "[]", "must be an object.")]
    [InlineData("order.accepted", "order/customer", "\"C-1\"", "must be an object.")]
    [InlineData("order.accepted", "order/lines", "{}", "must be a list.")]
    [InlineData("order.accepted", "order/podRequired", "\"yes\"", "must be true or false.")]
    [InlineData("order.accepted", "order/currency", "\"EURO\"", "must be an ISO 4217 code such as EUR.")]
    [InlineData("order.accepted", "order/currency", "\"EUr\"", "must be an ISO 4217 code such as EUR.")]
    [InlineData("order.accepted", "order/currency", "\"eur\"", "must be an ISO 4217 code such as EUR.")]
    [InlineData("order.accepted", "order/region", "[]", "must be a text.")]
    [InlineData("order.accepted", "order/customer/shipTo", "true", "must be a text.")]
    [InlineData("order.accepted", "order/number", "\"SO\\u0001\"", "has a control character.")]
    [InlineData("order.accepted", "order/total", "\"10\"", "must be a decimal number.")]
    [InlineData("order.accepted", "order/lines/0/unitPrice", "\"1\"", "must be a decimal number.")]
    [InlineData("order.accepted", "order/total", "1.00001", "does not fit an amount of 15 digits before and 4 after the point.")]
    [InlineData("order.accepted", "order/lines/0/quantity", "1e12", "does not fit a quantity of 12 digits before and 6 after the point.")]
    [InlineData("order.accepted", "order/lines/0/quantity", "-0.5", "must not be negative.")]
    [InlineData("order.accepted", "order/requestedDelivery", "\"soon\"",
        "must be a time with an offset (2026-05-31T14:00:00+02:00) or a bare date.")]
    [InlineData("order.held", "hold/stops", "\"everything\"", "must be release, shipment, invoice or posting.")]
    [InlineData("order.held", "hold/lines", "\"1\"", "must be a list.")]
    [InlineData("order.cancelled", "lines", "{}", "must be a list.")]
    [InlineData("fulfilment.short", "lines/0/then", "\"forget\"", "must be backorder, cancel or substitute.")]
    [InlineData("shipment.ready", "parcels", "2", "must be a list.")]
    [InlineData("shipment.exception", "exception", "\"delayed\"", "must be an object.")]
    [InlineData("shipment.exception", "exception/state", "\"ajar\"", "must be open or closed.")]
    [InlineData("delivery.pod", "pod", "\"signed\"", "must be an object.")]
    [InlineData("delivery.pod", "pod/lines/0/damaged", "\"2\"", "must be a decimal number.")]
    [InlineData("goods-issue.posted", "postingDate", "\"31.05.2026\"", "must be a date such as 2026-05-31.")]
    [InlineData("goods-issue.posted", "postingDate", "20260531", "must be a date such as 2026-05-31.")]
    [InlineData("invoice.issued", "invoice/lines", "\"1\"", "must be a list.")]
    [InlineData("payment.applied", "currency", "\"R$\"", "must be an ISO 4217 code such as EUR.")]
    [InlineData("freight.invoiced", "freight/currency", "\"Real\"", "must be an ISO 4217 code such as EUR.")]
    public void A_wrong_value_is_refused_in_one_sentence(string milestone, string path, string value, string sentence)
    {
        var sent = CompleteBodies.Body(milestone);
        sent.Set(path, JsonNode.Parse(value));

        var field = $"data.{JsonEdits.FieldOf(path)}";
        Refusal(milestone, sent).ShouldBe(new MapRefusal("SCHEMA_INVALID", field, $"{field} {sentence}"));
    }

    [Theory]
    [InlineData("order.accepted", "order/number", 120)]
    [InlineData("order.accepted", "order/region", 200)]
    [InlineData("order.accepted", "order/incoterms", 64)]
    [InlineData("order.cancelled", "reason", 1000)]
    [InlineData("goods-issue.rejected", "code", 64)]
    public void A_text_may_be_as_long_as_its_column_and_no_longer(string milestone, string path, int limit)
    {
        var sent = CompleteBodies.Body(milestone);
        sent.Set(path, new string('x', limit));
        CompleteBodies.Map(milestone, sent).Refusal.ShouldBeNull();

        sent.Set(path, new string('x', limit + 1));
        Refusal(milestone, sent)!.Message.ShouldBe($"data.{JsonEdits.FieldOf(path)} is longer than {limit} characters.");
    }

    [Fact]
    public void A_line_that_is_there_twice_is_refused()
    {
        var sent = CompleteBodies.Body("order.accepted");
        var lines = sent["order"]!["lines"]!.AsArray();
        lines.Add(lines[0]!.DeepClone());

        Refusal("order.accepted", sent).ShouldBe(new MapRefusal(
            "SCHEMA_INVALID", "data.order.lines[1].line", "data.order.lines[1].line: line 1 is there twice."));
    }

    [Fact]
    public void An_unknown_exception_kind_is_refused_with_the_kind_in_the_sentence()
    {
        var sent = CompleteBodies.Body("shipment.exception");
        sent.Set("exception/kind", "abducted");

        Refusal("shipment.exception", sent).ShouldBe(new MapRefusal(
            "CODE_UNMAPPED", "data.exception.kind", "The exception kind abducted is not mapped."));
    }

    [Fact]
    public void The_first_of_several_errors_is_the_one_reported() =>
        Refusal("freight.invoiced", JsonNode.Parse("""{"freight":{"carrier":"FAST","invoice":"F-1","currency":"EUR"}}""")!)
            .ShouldBe(Missing("data.freight.charges"));

    [Fact]
    public void An_outcome_without_its_command_or_with_one_that_cannot_be_read_is_refused()
    {
        CompleteBodies.Map("command.accepted", new JsonObject(), "tower").Refusal.ShouldBe(Missing("data.command"));
        CompleteBodies.Map("approval.granted", new JsonObject(), "people").Refusal.ShouldBe(Missing("data.approval"));

        var refusal = CompleteBodies.Map("command.accepted", JsonNode.Parse("""{"command":{"number":"two"}}""")!, "tower").Refusal!;
        (refusal.ReasonCode, refusal.Field).ShouldBe(("SCHEMA_INVALID", "data.command"));
        refusal.Message.ShouldStartWith("data.command is not complete: ");
    }

    private static MapRefusal? Refusal(string milestone, JsonNode sent) => CompleteBodies.Map(milestone, sent).Refusal;

    private static MapRefusal Missing(string field) => new("SCHEMA_INVALID", field, $"{field} is missing.");
}
