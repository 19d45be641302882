using System.Text.Json.Nodes;
using ControlTower.Core.Connectors.Translating;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.Edi.X12;
using static ControlTower.Integrations.Edi.Documents.EdifactLines;

namespace ControlTower.Integrations.Edi.Documents;

/// <summary>ORDRSP: the order as it was accepted, changed or not accepted.</summary>
internal static class OrderResponse
{
    public static TranslateResult Order(EdiDocumentReader reader)
    {
        var lines = reader.Event.Lines;
        if (!Is(reader, lines, "order response"))
        {
            return NoFact();
        }

        var bgm = Find(lines, "BGM")!;
        var number = Reference(lines, "ON") ?? Or(bgm, 2);
        Missing(reader, number, "RFF+ON");
        if (Part(bgm, 3) == "27")
        {
            return reader.Context.Fact(Milestones.OrderCancelled, number ?? "", null,
                new JsonObject { ["references"] = EdiDocumentReader.References(("order", number)), ["reason"] = "Not accepted (BGM 27)" });
        }

        var currency = Find(lines, "CUX") is { } cux && Part(cux, 1, 2) is { Length: > 0 } stated
            ? stated
            : reader.Setting("currency", reader.Profile.Currency) ?? "";
        var items = new JsonArray();
        var total = 0m;
        foreach (var item in Groups(lines, "LIN").Where(item => Part(item[0], 2) != "7"))
        {
            var (line, amount) = Item(reader, item, currency);
            items.Add(line);
            total += amount;
        }

        var buyer = lines.FirstOrDefault(line => line.Id == "NAD" && Part(line, 1) == "BY");
        var order = new JsonObject
        {
            ["number"] = number,
            ["version"] = Part(bgm, 3) == "4" ? reader.Event.InterchangeControl : "0",
            ["legalEntity"] = reader.Setting("legalEntity", reader.Profile.LegalEntity),
            ["customer"] = new JsonObject { ["id"] = Or(buyer, 2) ?? reader.Profile.PartnerId },
            ["currency"] = currency,
            ["lines"] = items,
            ["total"] = total,
        };
        var data = new JsonObject { ["references"] = EdiDocumentReader.References(("order", number)), ["order"] = order };
        return reader.Context.Fact(Part(bgm, 3) == "4" ? Milestones.OrderChanged : Milestones.OrderAccepted, number ?? "",
            Date(reader, lines, "137"), data);
    }

    private static (JsonObject Line, decimal Amount) Item(EdiDocumentReader reader, List<X12Line> item, string currency)
    {
        var line = Part(item[0], 1);
        var quantity = Qualified(item, "QTY", "21") ?? Qualified(item, "QTY", "113") ?? Qualified(item, "QTY", "12");
        var ordered = quantity is null ? null : X12Values.Number(Part(quantity, 1, 2));
        var price = Qualified(item, "PRI", "AAA") is { } pri ? X12Values.Number(Part(pri, 1, 2)) : null;
        var stated = Qualified(item, "MOA", "203") is { } moa ? X12Values.Number(Part(moa, 1, 2)) : null;
        if (ordered is null || (price is null && stated is null))
        {
            reader.AddError("LIN", $"Line {line} has no quantity (QTY+21) or no price (PRI+AAA, MOA+203).");
        }

        var amount = stated ?? Money.Round((ordered ?? 0) * (price ?? 0), currency.Length == 3 ? currency : "EUR");
        return (new JsonObject
        {
            ["line"] = line,
            ["item"] = Part(item[0], 3),
            ["quantity"] = ordered,
            ["unit"] = quantity is not null && Part(quantity, 1, 3) is { Length: > 0 } unit ? unit : "EA",
            ["unitPrice"] = price,
            ["amount"] = amount,
            ["site"] = reader.Setting("site", reader.Profile.Site),
        }, amount);
    }
}
