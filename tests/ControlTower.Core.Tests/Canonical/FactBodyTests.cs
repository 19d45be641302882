using System.Text.Json.Nodes;

namespace ControlTower.Core.Tests.Canonical;

/// <summary>What a fact keeps of the body that was sent.</summary>
public class FactBodyTests
{
    public static TheoryData<string> Milestones => CompleteBodies.Milestones;

    [Theory]
    [MemberData(nameof(Milestones))]
    public void A_complete_body_is_kept_with_every_field(string milestone) =>
        Kept(milestone, CompleteBodies.Body(milestone)).ShouldBe(CompleteBodies.Canonical(CompleteBodies.Body(milestone)));

    [Theory]
    [InlineData("order.accepted", "order/region order/requestedDelivery order/priority order/incoterms order/paymentTerms")]
    [InlineData("order.accepted", "order/customer/name order/customer/segment order/customer/billTo order/customer/shipTo")]
    [InlineData("order.accepted", "order/lines/0/description order/lines/0/unitPrice order/lines/0/taxClass")]
    [InlineData("order.cancelled", "reason lines")]
    [InlineData("order.cancelled", "lines/0/quantity lines/0/reason")]
    [InlineData("order.held", "hold/reason hold/lines")]
    [InlineData("order.released", "hold/code hold/reason hold/stops")]
    [InlineData("fulfilment.picked", "lines/0/order lines/0/item")]
    [InlineData("fulfilment.short", "site reason lines/0/reason")]
    [InlineData("fulfilment.cancelled", "site reason lines")]
    [InlineData("shipment.ready", "carrier tracking parcels")]
    [InlineData("shipment.shipped", "site")]
    [InlineData("shipment.picked-up", "carrier tracking parcels location reason")]
    [InlineData("shipment.exception", "exception/reason")]
    [InlineData("delivery.pod", "pod/signedBy pod/document pod/lines")]
    [InlineData("goods-issue.posted", "postingDate lines")]
    [InlineData("goods-issue.rejected", "reason")]
    [InlineData("invoice.issued", "invoice/lines invoice/tax")]
    [InlineData("invoice.issued", "invoice/lines/0/quantity invoice/lines/0/amount")]
    [InlineData("invoice.cancelled", "reason")]
    [InlineData("posting.posted", "posting/companyCode posting/postingDate posting/period posting/net posting/tax")]
    [InlineData("payment.applied", "deductions")]
    public void An_optional_field_that_is_not_sent_is_not_kept_and_changes_no_other(string milestone, string paths)
    {
        var sent = CompleteBodies.Body(milestone);
        foreach (var path in paths.Split(' '))
        {
            sent.Remove(path);
        }

        Kept(milestone, sent).ShouldBe(CompleteBodies.Canonical(sent));
    }

    [Theory]
    [InlineData("order.accepted", "order/customer/billTo", """{"id":"C-2","city":"Santos"}""", "\"C-2\"")]
    [InlineData("order.accepted", "order/completeDelivery", "false", "false")]
    [InlineData("order.accepted", "order/lines", "[]", "[]")]
    [InlineData("order.held", "hold/lines", """[{"line":"1"},2]""", """["1","2"]""")]
    [InlineData("order.cancelled", "lines", """["1",{"line":2}]""", """[{"line":"1"},{"line":"2"}]""")]
    [InlineData("fulfilment.short", "lines", """[{"line":1,"missing":2}]""", """[{"line":"1","missing":2,"then":"backorder"}]""")]
    [InlineData("fulfilment.short", "lines/0/then", "\"substitute\"", "\"substitute\"")]
    [InlineData("shipment.ready", "parcels", """["P-1",{"parcel":"P-2","lines":[]}]""", """["P-1","P-2"]""")]
    [InlineData("shipment.picked-up", "location", """{"name":"Santos","country":"BR"}""", "\"Santos\"")]
    [InlineData("shipment.estimate", "estimatedDelivery", "\"2026-05-31\"", "\"2026-05-31T23:59:59.999999+00:00\"")]
    [InlineData("delivery.pod", "pod/lines/0", """{"line":1,"delivered":3}""", """{"line":"1","delivered":3,"refused":0,"damaged":0}""")]
    [InlineData("delivery.pod", "pod", "null", "{}")]
    [InlineData("posting.posted", "posting/postingDate", "\"2026-05-31T23:30:00-03:00\"", "\"2026-05-31\"")]
    [InlineData("payment.applied", "deductions", """{"b":1.50,"a":null}""", """{"b":1.5}""")]
    [InlineData("freight.invoiced", "freight/charges", """[{"amount":5.50,"code":"FUEL"}]""", """[{"code":"FUEL","amount":5.5}]""")]
    public void Another_spelling_of_a_field_is_kept_in_one_form(string milestone, string path, string sent, string kept)
    {
        var (body, expected) = (CompleteBodies.Body(milestone), CompleteBodies.Body(milestone));
        body.Set(path, JsonNode.Parse(sent));
        expected.Set(path, JsonNode.Parse(kept));

        Kept(milestone, body).ShouldBe(CompleteBodies.Canonical(expected));
    }

    [Theory]
    [InlineData("delayed")]
    [InlineData("attempt-failed")]
    [InlineData("refused")]
    [InlineData("damaged")]
    [InlineData("lost")]
    [InlineData("returning")]
    [InlineData("returned")]
    [InlineData("held")]
    [InlineData("address")]
    [InlineData("misrouted")]
    [InlineData("customs")]
    [InlineData("missed-pickup")]
    public void Every_kind_of_exception_is_opened_and_closed(string kind)
    {
        foreach (var state in new[] { "open", "closed" })
        {
            var body = CompleteBodies.Body("shipment.exception");
            body.Set("exception/kind", kind);
            body.Set("exception/state", state);

            Kept("shipment.exception", body).ShouldBe(CompleteBodies.Canonical(body));
        }
    }

    [Theory]
    [InlineData("post-invoice:SO-1:INV-1/12", "post-invoice", "SO-1", "INV-1", 12)]
    [InlineData("tender-shipment:SO-1:SH:2/x/3", "tender-shipment", "SO-1", "SH:2/x", 3)]
    [InlineData("cancel-order:SO-1/1", "cancel-order", "SO-1", null, 1)]
    [InlineData("cancel-order:SO-1", "cancel-order", "SO-1", null, 0)]
    [InlineData("cancel-order/x", "cancel-order", "", null, 0)]
    [InlineData("/7", "/7", "", null, 0)]
    public void A_failure_is_kept_with_the_parts_of_the_key_it_names(string key, string kind, string document, string? part, int number)
    {
        var body = new JsonObject { ["key"] = key, ["code"] = "LOCKED", ["reason"] = "In use" };

        var command = CompleteBodies.Map("command.failed", body, "erp").Fact!.Data.Command!;

        (command.Key, command.Kind, command.Document, command.Slice, command.Number).ShouldBe((key, kind, document, part, number));
        (command.Code, command.Reason).ShouldBe(("LOCKED", "In use"));
    }

    private static string Kept(string milestone, JsonNode sent) =>
        CompleteBodies.Canonical(CompleteBodies.Kept(CompleteBodies.Map(milestone, sent)));
}
