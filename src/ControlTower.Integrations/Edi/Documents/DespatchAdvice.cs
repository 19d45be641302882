using System.Text.Json.Nodes;
using ControlTower.Core.Connectors.Translating;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.Edi.X12;
using static ControlTower.Integrations.Edi.Documents.EdifactLines;

namespace ControlTower.Integrations.Edi.Documents;

/// <summary>DESADV: what has left, line by line.</summary>
internal static class DespatchAdvice
{
    public static TranslateResult Despatch(EdiDocumentReader reader)
    {
        var lines = reader.Event.Lines;
        if (!Is(reader, lines, "despatch advice"))
        {
            return NoFact();
        }

        var number = Or(Find(lines, "BGM"), 2);
        Missing(reader, number, "BGM C106");
        var goods = new JsonArray();
        foreach (var item in Groups(lines, "LIN"))
        {
            if (Qualified(item, "QTY", "12") is { } quantity && X12Values.Number(Part(quantity, 1, 2)) is { } shipped)
            {
                goods.Add(new JsonObject { ["line"] = Reference(item, "LI") ?? Part(item[0], 1), ["quantity"] = shipped });
            }
            else
            {
                reader.AddError("QTY", $"Line {Part(item[0], 1)} has no despatched quantity (QTY+12).");
            }
        }

        var data = new JsonObject
        {
            ["references"] = EdiDocumentReader.References(("order", Reference(lines, "ON")), ("fulfilment", Reference(lines, "DQ"))),
            ["lines"] = goods,
        };
        var parcels = lines.Where(line => line.Id == "GIN" && Part(line, 1) is "BJ" or "AW")
            .SelectMany(line => line.Elements.Skip(1).Select(element => First(element))).ToList();
        if (parcels.Count > 0)
        {
            data["parcels"] = new JsonArray([.. parcels.Select(parcel => (JsonNode)parcel)]);
        }

        if (Or(Find(lines, "TDT"), 5) is { } carrier)
        {
            data["carrier"] = carrier;
        }

        var at = Date(reader, lines, "11") ?? Date(reader, lines, "137");
        return reader.Context.Fact(Milestones.ShipmentShipped, number ?? "", at, data);
    }
}
