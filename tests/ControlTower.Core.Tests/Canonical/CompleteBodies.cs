using System.Text;
using System.Text.Json.Nodes;
using ControlTower.Core.Facts;
using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Canonical;

/// <summary>For each milestone that systems report a body with every field it may have, in the form in which it is kept.</summary>
internal static class CompleteBodies
{
    private const string Order = """
        {"order":{"number":"SO-1","version":"2","legalEntity":"1000",
          "customer":{"id":"C-1","name":"Mercado","segment":"Corporate","billTo":"C-2","shipTo":"C-3"},
          "region":"South","currency":"EUR","requestedDelivery":"2026-05-31T10:00:00+00:00","priority":"high","incoterms":"DAP",
          "paymentTerms":"30 days","completeDelivery":true,"podRequired":true,"total":10.1,
          "lines":[{"line":"1","item":"A","description":"Soap","quantity":2.5,"unit":"EA","unitPrice":1.33333333,"amount":10.1,
            "site":"WH1","taxClass":"full"}]}}
        """;

    private const string Quantities = """
        {"site":"WH1","lines":[{"line":"1","quantity":2,"order":"SO-1","item":"A"},{"line":"2","quantity":0,"order":"SO-1","item":"B"}]}
        """;

    private const string Cancelled = """
        {"site":"WH1","reason":"No stock","lines":[{"line":"1","quantity":2,"reason":"Late"}]}
        """;

    private const string Goods = """
        {"site":"WH1","carrier":"FAST","tracking":"TR-1","parcels":["P-1","P-2"],
          "lines":[{"line":"1","quantity":2,"order":"SO-1","item":"A"}]}
        """;

    private const string Transport = """
        {"carrier":"FAST","tracking":"TR-1","parcels":["P-1","P-2"],"location":"Santos","reason":"Rain"}
        """;

    private const string Refused = """
        {"code":"PERIOD_CLOSED","reason":"The period is closed"}
        """;

    private static readonly Dictionary<string, (string Sender, string Body)> ByMilestone = new()
    {
        ["order.accepted"] = ("erp", Order),
        ["order.changed"] = ("erp", Order),
        ["order.cancelled"] = ("erp", """{"reason":"Wrong","lines":[{"line":"1","quantity":2,"reason":"Late"}]}"""),
        ["order.held"] = ("erp", """{"hold":{"id":"H-1","code":"CREDIT","reason":"Limit","stops":"invoice","lines":["1","2"]}}"""),
        ["order.released"] = ("erp", """{"hold":{"id":"H-1","code":"CREDIT","reason":"Paid","stops":"invoice"}}"""),
        ["fulfilment.allocated"] = ("wms", Quantities),
        ["fulfilment.picked"] = ("wms", Quantities),
        ["fulfilment.packed"] = ("wms", Quantities),
        ["fulfilment.staged"] = ("wms", Quantities),
        ["fulfilment.short"] = ("wms", """
            {"site":"WH1","reason":"Empty","lines":[{"line":"1","missing":2,"reason":"Damaged","then":"cancel"}]}
            """),
        ["fulfilment.cancelled"] = ("wms", Cancelled),
        ["fulfilment.cancel-rejected"] = ("wms", Cancelled),
        ["shipment.ready"] = ("wms", Goods),
        ["shipment.shipped"] = ("wms", Goods),
        ["shipment.picked-up"] = ("tms", Transport),
        ["shipment.delivered"] = ("fast", Transport),
        ["shipment.estimate"] = ("tms", With(Transport, "estimatedDelivery", "\"2026-05-31T10:00:00+00:00\"")),
        ["shipment.exception"] = ("fast", With(Transport, "exception", """{"kind":"delayed","state":"open","reason":"Storm"}""")),
        ["delivery.pod"] = ("fast", With(Transport, "pod", """
            {"signedBy":"Bob","document":"POD-1","lines":[{"line":"1","delivered":3,"refused":1,"damaged":2}]}
            """)),
        ["goods-issue.posted"] = ("erp", """
            {"document":"49","postingDate":"2026-05-31","lines":[{"line":"1","quantity":2,"order":"SO-1","item":"A"}]}
            """),
        ["goods-issue.rejected"] = ("erp", Refused),
        ["invoice.issued"] = ("billing", """
            {"invoice":{"number":"INV-1","currency":"EUR","net":10.1,"tax":1.9,"total":12,
              "lines":[{"line":"1","quantity":2,"amount":10.1}]}}
            """),
        ["invoice.rejected"] = ("billing", Refused),
        ["invoice.cancelled"] = ("billing", """{"reason":"Wrong price"}"""),
        ["posting.posted"] = ("erp", """
            {"posting":{"document":"90","companyCode":"1000","postingDate":"2026-05-31","period":"2026-05","net":10.1,"tax":1.9,"total":12,
              "currency":"EUR"}}
            """),
        ["posting.rejected"] = ("erp", Refused),
        ["posting.reversed"] = ("erp", """{"reason":"Wrong period"}"""),
        ["payment.applied"] = ("erp", """{"amount":12,"currency":"EUR","deductions":[{"code":"DISCOUNT","amount":0.2}]}"""),
        ["freight.invoiced"] = ("tms", """
            {"freight":{"carrier":"FAST","invoice":"F-1","currency":"EUR","note":"kept","total":5.5,
              "charges":[{"code":"FUEL","amount":5.5,"shipment":"SH-1"}]}}
            """),
    };

    public static TheoryData<string> Milestones => [.. ByMilestone.Keys];

    public static JsonNode Body(string milestone) => JsonNode.Parse(ByMilestone[milestone].Body)!;

    public static MapResult Map(string milestone, JsonNode body) => Map(milestone, body, ByMilestone[milestone].Sender);

    public static MapResult Map(string milestone, JsonNode body, string sender) => FactMapper.Map(
        Landscapes.Whole.Find(sender) ?? BuiltInConnectors.Find(sender)!,
        StoryFacts.Event(sender, milestone, "77", 0, body, null, null), StoryFacts.Start, Landscapes.Whole);

    /// <summary>The body of the fact, as a transaction's events keep it.</summary>
    public static JsonNode Kept(MapResult result) =>
        JsonNode.Parse(FactJson.Serialize(result.Fact.ShouldNotBeNull($"{result.Refusal}")))!["data"]!;

    public static string Canonical(JsonNode body) =>
        Encoding.UTF8.GetString(CanonicalJson.Write(Encoding.UTF8.GetBytes(body.ToJsonString())));

    private static string With(string body, string member, string value)
    {
        var node = JsonNode.Parse(body)!;
        node[member] = JsonNode.Parse(value);
        return node.ToJsonString();
    }
}
