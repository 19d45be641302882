using System.Text;
using System.Text.Json.Nodes;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Canonical;

/// <summary>The fields around the body: type, subject, retractions, and the site whose calendar applies.</summary>
public class EventRefusalTests
{
    private const string Key = "post-invoice:SO-1:INV-1/1";

    [Theory]
    [InlineData("power.order.accepted.v1")]
    [InlineData("tower.order.accepted.v2")]
    [InlineData("tower..v1")]
    [InlineData("tower.v1")]
    [InlineData("tower.approval.granted.v1")]
    public void A_type_that_the_connector_may_not_send_is_refused_with_the_type_in_the_sentence(string type)
    {
        var json = Event("order.accepted", "erp", CompleteBodies.Body("order.accepted"));
        json["type"] = type;

        Map(json).Refusal.ShouldBe(new MapRefusal("CODE_UNMAPPED", "type", $"The type {type} is not one that this connector may send."));
    }

    [Fact]
    public void A_text_that_is_no_json_is_refused_as_a_whole() =>
        FactMapper.Map(Landscapes.Whole.Find("erp")!, "{"u8.ToArray(), StoryFacts.Start, Landscapes.Whole).Refusal
            .ShouldBe(new MapRefusal("SCHEMA_INVALID", "$", "The event is not valid JSON."));

    [Theory]
    [InlineData("type")]
    [InlineData("id")]
    [InlineData("source")]
    [InlineData("subject")]
    [InlineData("data")]
    public void An_event_without_a_required_field_is_refused_as_missing_it(string field)
    {
        var json = Event("order.accepted", "erp", CompleteBodies.Body("order.accepted"));
        json.Remove(field);

        Map(json).Refusal.ShouldBe(new MapRefusal("SCHEMA_INVALID", field, $"{field} is missing."));
    }

    [Theory]
    [InlineData("\"3\"", 3L)]
    [InlineData("\"-3\"", -3L)]
    [InlineData("-1", -1L)]
    [InlineData("null", null)]
    public void A_sequence_is_a_whole_number_or_absent(string sent, long? sequence)
    {
        var json = Event("order.cancelled", "erp", new JsonObject());
        json["sequence"] = JsonNode.Parse(sent);

        Map(json).Fact!.Sequence.ShouldBe(sequence);
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("\"third\"")]
    public void A_sequence_that_is_no_whole_number_is_refused(string sent)
    {
        var json = Event("order.cancelled", "erp", new JsonObject());
        json["sequence"] = JsonNode.Parse(sent);

        Map(json).Refusal!.Message.ShouldBe("sequence must be a whole number.");
    }

    [Fact]
    public void A_failure_is_about_the_command_in_its_subject_or_else_in_its_body()
    {
        var json = Event("command.failed", "erp", new JsonObject { ["key"] = Key, ["code"] = "LOCKED" });
        Map(json).Fact!.Subject.ShouldBe("77");

        json.Remove("subject");
        Map(json).Fact!.Subject.ShouldBe(Key);

        json["data"]!.Remove("key");
        Map(json).Refusal!.Field.ShouldBe("data.key");
    }

    [Fact]
    public void A_number_of_a_document_is_shorter_than_the_key_of_a_command()
    {
        var order = Event("order.cancelled", "erp", new JsonObject());
        var command = Event("command.failed", "erp", new JsonObject { ["key"] = Key, ["code"] = "LOCKED" });
        (order["subject"], command["subject"]) = (new string('7', 120), new string('7', 120));
        (Map(order).Refusal, Map(command).Refusal).ShouldBe((null, null));

        (order["subject"], command["subject"]) = (new string('7', 121), new string('7', 121));
        Map(order).Refusal!.Message.ShouldBe("subject is longer than 120 characters.");
        Map(command).Refusal.ShouldBeNull();

        command["subject"] = new string('7', 321);
        Map(command).Refusal!.Message.ShouldBe("subject is longer than 320 characters.");
    }

    [Theory]
    [InlineData("retracts")]
    [InlineData("data/retracts")]
    public void A_retraction_is_read_next_to_the_body_and_in_it(string path)
    {
        var json = Event("order.cancelled", "erp", new JsonObject());
        json.Set(path, JsonNode.Parse("""[{"source":"urn:a","id":"1"},{"source":"urn:b","id":2}]"""));

        Map(json).Fact!.Retracts.ShouldBe([new RetractedFact("urn:a", "1"), new RetractedFact("urn:b", "2")]);
    }

    [Theory]
    [InlineData("{}", "retracts must be a list.")]
    [InlineData("""[{"id":"1"}]""", "retracts[0].source is missing.")]
    [InlineData("""[{"source":"urn:a"}]""", "retracts[0].id is missing.")]
    public void A_retraction_that_names_no_fact_is_refused(string retracts, string sentence)
    {
        var json = Event("order.cancelled", "erp", new JsonObject());
        json["retracts"] = JsonNode.Parse(retracts);

        Map(json).Refusal!.Message.ShouldBe(sentence);
    }

    [Theory]
    [InlineData("""{"site":" WH2 "}""", "", "2026-05-31T21:59:59.999999Z")]
    [InlineData("""{"site":"WH2"}""", "WH1", "2026-05-31T21:59:59.999999Z")]
    [InlineData("""{"site":"elsewhere"}""", "WH1", "2026-05-31T23:59:59.999999Z")]
    [InlineData("{}", "WH1", "2026-06-01T02:59:59.999999Z")]
    [InlineData("{}", "WH1 WH2", "2026-05-31T23:59:59.999999Z")]
    [InlineData("{}", "", "2026-05-31T23:59:59.999999Z")]
    public void A_bare_date_ends_at_the_site_of_the_body_or_else_at_the_connectors_only_site(string body, string sites, string end)
    {
        var data = JsonNode.Parse(body)!;
        data["estimatedDelivery"] = "2026-05-31";
        var tms = Landscapes.Connector("tms", Roles.Tms) with { Sites = sites.Split(' ', StringSplitOptions.RemoveEmptyEntries) };

        Map(Event("shipment.estimate", "tms", data), tms).Fact!.Data.EstimatedDelivery.ShouldBe(DateTimeOffset.Parse(end));
    }

    private static JsonNode Event(string milestone, string sender, JsonNode body) =>
        JsonNode.Parse(StoryFacts.Event(sender, milestone, "77", 0, body, null, null))!;

    private static MapResult Map(JsonNode json, ConnectorProfile? sender = null) => FactMapper.Map(
        sender ?? Landscapes.Whole.Find("erp")!, Encoding.UTF8.GetBytes(json.ToJsonString()), StoryFacts.Start, Landscapes.Whole);
}
