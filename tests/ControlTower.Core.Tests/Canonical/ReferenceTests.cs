using System.Text.Json.Nodes;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;

namespace ControlTower.Core.Tests.Canonical;

/// <summary>The numbers that a fact is found by.</summary>
public class ReferenceTests
{
    [Theory]
    [InlineData("erp", "goods-issue.rejected", "goodsIssue:erp:77")]
    [InlineData("billing", "invoice.cancelled", "invoice:billing:77")]
    [InlineData("erp", "posting.reversed", "posting:erp:77")]
    [InlineData("erp", "payment.applied", "")]
    [InlineData("wms", "shipment.delivered", "shipment:wms:77 tracking::TR-1")]
    [InlineData("erp", "shipment.delivered", "tracking::TR-1")]
    [InlineData("tms", "shipment.picked-up", "load:tms:77 tracking::TR-1")]
    [InlineData("fast", "shipment.delivered", "tracking:fast:77 tracking:fast:TR-1")]
    [InlineData("people", "delivery.pod", "shipment::77 tracking::TR-1")]
    [InlineData("wms", "shipment.ready", "order::SO-1 shipment:wms:77 tracking::TR-1")]
    [InlineData("erp", "order.accepted", "order:erp:77 order:erp:SO-1")]
    [InlineData("billing", "order.accepted", "order:billing:77")]
    [InlineData("erp", "goods-issue.posted", "goodsIssue:erp:49 goodsIssue:erp:77 order::SO-1")]
    [InlineData("wms", "goods-issue.posted", "goodsIssue:wms:77 order::SO-1")]
    [InlineData("billing", "invoice.issued", "invoice:billing:77 invoice:billing:INV-1")]
    [InlineData("erp", "invoice.issued", "invoice:erp:77")]
    [InlineData("erp", "posting.posted", "posting:erp:77 posting:erp:90")]
    [InlineData("billing", "posting.posted", "posting:billing:77")]
    [InlineData("tms", "freight.invoiced", "shipment::SH-1")]
    public void A_fact_is_linked_by_its_subject_and_the_numbers_in_its_body(string sender, string milestone, string links) =>
        Links(CompleteBodies.Map(milestone, CompleteBodies.Body(milestone), sender)).ShouldBe(links);

    [Theory]
    [InlineData("""{"asn":null}""", "")]
    [InlineData("""{"asn":["b","a","b"]}""", "asn::a asn::b")]
    [InlineData("""{"asn":[{"system":"z","value":"1"},{"system":"y","value":"2"},"3"]}""", "asn::3 asn:y:2 asn:z:1")]
    [InlineData("""{"asn":[["1"],[]]}""", "asn::1")]
    [InlineData("""{"purchaseOrder":"PO-1"}""", "purchaseOrder:customer:C-1:PO-1")]
    [InlineData("""{"purchaseOrder":{"value":"PO-1"}}""", "purchaseOrder:customer:C-1:PO-1")]
    [InlineData("""{"purchaseOrder":{"system":"shop","value":"PO-1"}}""", "purchaseOrder:shop:PO-1")]
    [InlineData("""{"delivery":{"value":"PO-1"}}""", "delivery::PO-1")]
    public void Stated_references_are_sorted_distinct_and_keep_their_system(string references, string links)
    {
        var body = CompleteBodies.Body("order.accepted");
        body["references"] = JsonNode.Parse(references);

        var expected = $"{links} order:erp:77 order:erp:SO-1".TrimStart().Split(' ').Order(StringComparer.Ordinal);
        Links(CompleteBodies.Map("order.accepted", body)).ShouldBe(string.Join(' ', expected));
    }

    [Fact]
    public void A_purchase_order_counts_without_a_customer_where_the_body_names_none() =>
        Links(CompleteBodies.Map("order.cancelled", JsonNode.Parse("""{"references":{"purchaseOrder":"PO-1"}}""")!))
            .ShouldBe("order:erp:77 purchaseOrder::PO-1");

    [Theory]
    [InlineData("\"SO-1\"", "data.references", "must be an object.")]
    [InlineData("""{"asn":true}""", "data.references.asn", "must be a text.")]
    [InlineData("""{"asn":{"system":"a"}}""", "data.references.asn.value", "is missing.")]
    [InlineData("""{"asn":["1",""]}""", "data.references.asn[1]", "is missing.")]
    [InlineData("""{" ":"1"}""", "data.references", "has a kind that is empty, longer than 64 characters or with a control character.")]
    public void A_reference_that_cannot_be_read_is_refused(string references, string field, string sentence)
    {
        var body = CompleteBodies.Body("order.accepted");
        body["references"] = JsonNode.Parse(references);

        CompleteBodies.Map("order.accepted", body).Refusal.ShouldBe(new MapRefusal("SCHEMA_INVALID", field, $"{field} {sentence}"));
    }

    [Theory]
    [InlineData("asn", 120)]
    [InlineData("transaction", 185)]
    [InlineData("command", 320)]
    public void A_number_may_be_as_long_as_its_kind_allows(string kind, int limit)
    {
        Stated(kind, new string('9', limit)).Refusal.ShouldBeNull();
        Stated(kind, new string('9', limit + 1)).Refusal!.Message
            .ShouldBe($"data.references.{kind} is longer than {limit} characters.");
    }

    [Fact]
    public void The_name_of_a_kind_may_be_as_long_as_a_code() =>
        Stated(new string('k', 64), "1").Fact!.References.ShouldContain(new Reference(new string('k', 64), null, "1"));

    [Theory]
    [InlineData("order purchaseOrder posting goodsIssue", Roles.Erp)]
    [InlineData("fulfilment shipment", Roles.Wms)]
    [InlineData("load", Roles.Tms)]
    [InlineData("tracking", Roles.Carrier)]
    [InlineData("invoice creditNote", Roles.Billing)]
    [InlineData("delivery asn correlation transaction command other", "")]
    public void A_kind_of_number_belongs_to_one_role_or_to_none(string kinds, string role) =>
        kinds.Split(' ').ShouldAllBe(kind => string.Join(' ', ReferenceKinds.OwnerRoles(kind)) == role);

    private static MapResult Stated(string kind, string number) =>
        CompleteBodies.Map("order.cancelled", new JsonObject { ["references"] = new JsonObject { [kind] = number } });

    private static string Links(MapResult result) => string.Join(' ', result.Fact.ShouldNotBeNull($"{result.Refusal}").References
        .Select(link => $"{link.Kind}:{link.System}:{link.Value}"));
}
