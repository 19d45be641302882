using System.Text;
using System.Text.Json.Nodes;
using ControlTower.Core.Facts;
using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Canonical;

public class FactMapperTests
{
    private static readonly DateTimeOffset Received = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private static MapResult Map(string json, string connector = "erp") =>
        FactMapper.Map(Landscapes.Whole.Find(connector) ?? BuiltInConnectors.Find(connector)!, Encoding.UTF8.GetBytes(json), Received,
            Landscapes.Whole);

    private static JsonNode Order() => JsonNode.Parse("""
        {"specversion":"1.0","id":"e1","source":"urn:erp","type":"tower.order.accepted.v1","subject":"SO-1","time":"2026-05-01T10:00:00.1234567+02:00","sequence":3,
         "data":{"references":{"purchaseOrder":"PO-9","asn":null,"delivery":{"system":"wms-east","value":"77"},"correlation":["a","b"]},
          "order":{"number":"SO-1","version":2,"legalEntity":"1000","customer":{"id":"C-1","segment":"Corporate","surprise":1},"currency":"EUR",
           "requestedDelivery":"2026-05-31","podRequired":true,
           "lines":[{"line":1,"item":"A","quantity":2.500,"unit":"EA","unitPrice":1.33333333,"amount":10.10,"site":"WH1"}],"total":10.1}}}
        """)!;

    [Fact]
    public void An_order_is_mapped_with_all_its_fields()
    {
        var fact = Map(Order().ToJsonString()).Fact!;

        fact.Milestone.ShouldBe("order.accepted");
        fact.Sequence.ShouldBe(3);
        fact.Time.ShouldBe(new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero).AddMicroseconds(123456));
        fact.Data.Order!.Version.ShouldBe("2");
        fact.Data.Order.Lines.Single().ShouldBe(new OrderLine("1", "A", null, 2.5m, "EA", 1.33333333m, 10.1m, "WH1", null));
        fact.Data.Order.PodRequired.ShouldBeTrue();
    }

    [Fact]
    public void A_bare_date_ends_at_the_sites_midnight()
    {
        // São Paulo is three hours behind UTC.
        Map(Order().ToJsonString()).Fact!.Data.Order!.RequestedDelivery
            .ShouldBe(new DateTimeOffset(2026, 6, 1, 3, 0, 0, TimeSpan.Zero).AddMicroseconds(-1));
    }

    [Fact]
    public void References_name_their_systems_and_the_subject_is_the_senders_own()
    {
        Map(Order().ToJsonString()).Fact!.References.ShouldBe(
            [
                new Reference("correlation", null, "a"), new Reference("correlation", null, "b"),
                new Reference("delivery", "wms-east", "77"),
                new Reference("order", "erp", "SO-1"), new Reference("purchaseOrder", "customer:C-1", "PO-9"),
            ]);
    }

    [Theory]
    [InlineData("wms", "shipment.shipped", "shipment")]
    [InlineData("tms", "shipment.picked-up", "load")]
    [InlineData("fast", "shipment.picked-up", "tracking")]
    [InlineData("fast", "delivery.pod", "tracking")]
    [InlineData("wms", "fulfilment.cancelled", "fulfilment")]
    [InlineData("erp", "order.cancelled", "order")]
    public void The_subjects_kind_follows_its_scope_and_its_sender(string connector, string milestone, string kind)
    {
        var json = Encoding.UTF8.GetString(StoryFacts.Event(
            connector, milestone, "77", 0, new { lines = new[] { new { line = "1", quantity = 1 } } }, null, null));

        Map(json, connector).Fact!.References.ShouldContain(new Reference(kind, connector, "77"));
    }

    [Theory]
    [InlineData("data.order.lines[0].amount", "order/lines/0/amount", null)]
    [InlineData("data.order.lines[0].amount", "order/lines/0/amount", "\"10\"")]
    [InlineData("data.order.lines[0].amount", "order/lines/0/amount", "1000000000000000")]
    [InlineData("data.order.lines[0].amount", "order/lines/0/amount", "1.00001")]
    [InlineData("data.order.lines[0].quantity", "order/lines/0/quantity", "1e12")]
    [InlineData("data.order.lines[0].quantity", "order/lines/0/quantity", "0.0000001")]
    [InlineData("data.order.lines[0].quantity", "order/lines/0/quantity", "-1")]
    [InlineData("data.order.lines[0].site", "order/lines/0/site", "\"\"")]
    [InlineData("data.order.customer.id", "order/customer/id", null)]
    [InlineData("data.order.currency", "order/currency", "\"Euro\"")]
    [InlineData("data.order.requestedDelivery", "order/requestedDelivery", "\"2026-05-31T10:00:00\"")]
    [InlineData("data.order.lines", "order/lines", "{}")]
    [InlineData("data.order", "order", null)]
    public void A_wrong_value_is_refused_by_its_field(string field, string path, string? value)
    {
        var json = Order();
        json["data"]!.Set(path, value is null ? null : JsonNode.Parse(value));

        var refusal = Map(json.ToJsonString()).Refusal!;
        (refusal.ReasonCode, refusal.Field).ShouldBe(("SCHEMA_INVALID", field));
        refusal.Message.ShouldStartWith(field);
    }

    [Fact]
    public void Blanks_around_a_number_are_not_part_of_it()
    {
        var spaced = Order();
        spaced["subject"] = " SO-1 ";
        spaced["id"] = "e1 ";
        spaced["data"]!.Set("order/number", "SO-1 ");
        spaced["data"]!.Set("order/lines/0/site", "WH1 ");
        spaced["data"]!.Set("references", JsonNode.Parse("""
            {"purchaseOrder ":"PO-9\t","delivery":{"system":"wms-east ","value":" 77"},"correlation":["a"," b"]}
            """));

        var fact = Map(spaced.ToJsonString()).Fact!;

        var plain = Map(Order().ToJsonString()).Fact!;
        (fact.Id, fact.Subject, fact.ContentHash).ShouldBe((plain.Id, plain.Subject, plain.ContentHash));
        fact.References.ShouldBe(plain.References);
    }

    [Theory]
    [InlineData("data.order.number", "order/number")]
    [InlineData("data.order.lines[0].item", "order/lines/0/item")]
    [InlineData("data.order.customer.id", "order/customer/id")]
    [InlineData("data.references.delivery.value", "references/delivery/value")]
    public void A_control_character_in_a_number_is_refused_by_its_field(string field, string path)
    {
        var json = Order();
        json["data"]!.Set(path, "SO\u0001-1");

        var refusal = Map(json.ToJsonString()).Refusal!;
        (refusal.ReasonCode, refusal.Field).ShouldBe(("SCHEMA_INVALID", field));
    }

    [Theory]
    [InlineData("subject", "SO\u0000-1")]
    [InlineData("id", "e\u007f1")]
    [InlineData("source", "urn:\u0085erp")]
    public void A_control_character_in_an_events_identity_is_refused_by_its_field(string field, string value)
    {
        var json = Order();
        json[field] = value;

        Map(json.ToJsonString()).Refusal!.Field.ShouldBe(field);
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("asn\u0001")]
    [InlineData("a-kind-of-number-whose-name-is-longer-than-the-column-that-keeps-it")]
    public void A_kind_of_number_that_cannot_be_stored_is_refused(string kind)
    {
        var json = Order();
        json["data"]!["references"]![kind] = "9";

        Map(json.ToJsonString()).Refusal!.Field.ShouldBe("data.references");
    }

    [Fact]
    public void A_text_for_people_may_have_line_breaks()
    {
        var json = Order();
        json["data"]!.Set("order/lines/0/description", "Soap\nin boxes");

        Map(json.ToJsonString()).Fact!.Data.Order!.Lines.Single().Description.ShouldBe("Soap\nin boxes");
    }

    [Theory]
    [InlineData("\"2026-05-01T10:00:00\"")]
    [InlineData("\"yesterday\"")]
    public void A_time_without_an_offset_is_refused(string time)
    {
        var json = Order();
        json["time"] = JsonNode.Parse(time);

        Map(json.ToJsonString()).Refusal!.Field.ShouldBe("time");
    }

    [Fact]
    public void A_missing_time_is_that_of_receipt_and_marked_so()
    {
        var json = Order();
        json["time"] = null;

        var fact = Map(json.ToJsonString()).Fact!;
        (fact.Time, fact.TimeIsReceipt).ShouldBe((Received, true));
    }

    [Theory]
    [InlineData("2026-05-01T12:10:00Z", false)]
    [InlineData("2026-05-01T12:10:01Z", true)]
    public void A_time_far_ahead_of_receipt_is_flagged(string time, bool isAhead)
    {
        var json = Order();
        json["time"] = time;

        Map(json.ToJsonString()).Fact!.TimeIsAhead.ShouldBe(isAhead);
    }

    [Theory]
    [InlineData("tower.order.exploded.v1")]
    [InlineData("tower.order.accepted.v2")]
    [InlineData("com.other.thing")]
    [InlineData("tower.command.accepted.v1")]
    [InlineData("tower.approval.granted.v1")]
    public void A_type_that_is_not_mapped_or_not_for_systems_to_report_is_quarantined(string type)
    {
        var json = Order();
        json["type"] = type;

        Map(json.ToJsonString()).Refusal!.ReasonCode.ShouldBe("CODE_UNMAPPED");
    }

    [Fact]
    public void An_unknown_exception_kind_is_quarantined_not_guessed()
    {
        var json = Encoding.UTF8.GetString(
            StoryFacts.Event(
                "fast", "shipment.exception", "TR-1", 0, new { exception = new { kind = "abducted", state = "open" } }, null, null));

        var refusal = Map(json, "fast").Refusal!;
        (refusal.ReasonCode, refusal.Field).ShouldBe(("CODE_UNMAPPED", "data.exception.kind"));
    }

    [Fact]
    public void Spelling_does_not_change_the_content()
    {
        var other = Order();
        other["data"]!["order"]!["lines"]![0]!["amount"] = JsonNode.Parse("10.1000");
        other["data"]!["order"]!["note"] = "unknown fields are kept in the payload only";

        Map(other.ToJsonString()).Fact!.ContentHash.ShouldBe(Map(Order().ToJsonString()).Fact!.ContentHash);
    }

    [Fact]
    public void Another_amount_is_another_content()
    {
        var other = Order();
        other["data"]!["order"]!["total"] = 10.2m;

        Map(other.ToJsonString()).Fact!.ContentHash.ShouldNotBe(Map(Order().ToJsonString()).Fact!.ContentHash);
    }

    [Fact]
    public void A_retraction_names_the_facts_that_it_takes_back()
    {
        var json = Order();
        json["retracts"] = JsonNode.Parse("""[{"source":"urn:erp","id":"e0"}]""");

        Map(json.ToJsonString()).Fact!.Retracts.ShouldBe([new RetractedFact("urn:erp", "e0")]);
    }

    [Fact]
    public void Lines_name_other_orders_and_split_lots_add_up()
    {
        var json = Encoding.UTF8.GetString(StoryFacts.Event("wms", "shipment.ready", "SH-1", 0, new
        {
            site = "WH1",
            lines = new object[] { new { line = "1", quantity = 2, order = "SO-1" }, new { line = "1", quantity = 3, order = "SO-1" },
                new { line = "1", quantity = 4, order = new { system = "erp", value = "SO-2" } } },
        }, null, null));

        var fact = Map(json, "wms").Fact!;
        fact.Data.Lines!.Select(line => (line.Order, line.Quantity)).ShouldBe([("SO-1", 5m), ("SO-2", 4m)]);
        fact.References.ShouldContain(new Reference("order", null, "SO-2"));
    }

    [Fact]
    public void A_fact_survives_being_stored()
    {
        var fact = Map(Order().ToJsonString()).Fact!;

        FactJson.Serialize(FactJson.Deserialize(FactJson.Serialize(fact))).ShouldBe(FactJson.Serialize(fact));
        FactJson.Deserialize(FactJson.Serialize(fact)).Data.Order!.Lines.ShouldBe(fact.Data.Order!.Lines);
    }

    [Fact]
    public void Content_that_is_not_json_is_refused() => Map("{").Refusal!.ReasonCode.ShouldBe("SCHEMA_INVALID");
}
