using System.Text.Json.Nodes;
using ControlTower.Core.Connectors.Translating;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.Edi.X12;

namespace ControlTower.Integrations.Edi.Documents;

/// <summary>
/// 850 and 860. A fact is a snapshot: an 860 counts when it replaces the order (BCH01 = 05), cancels it (01), or
/// deletes lines and nothing else.
/// </summary>
internal static class PurchaseOrder
{
    public static TranslateResult Placed(EdiDocumentReader reader)
    {
        var beg = reader.Segment(reader.Root, "BEG");
        var number = reader.Required(beg, 3);
        return beg[1] switch
        {
            "01" => Cancelled(reader, number, null),
            "00" or "05" or "06" or "07" => Order(reader, Milestones.OrderAccepted, beg, number, "0", reader.Root.Each("PO1")),
            _ => Refused(reader, "BEG01", $"Purpose {beg[1]} of a purchase order is not read; 00 places, 05 replaces, 01 cancels."),
        };
    }

    public static TranslateResult Changed(EdiDocumentReader reader)
    {
        var bch = reader.Segment(reader.Root, "BCH");
        var number = reader.Required(bch, 3);
        var lines = reader.Root.Each("POC").ToList();
        if (bch[1] == "01")
        {
            return Cancelled(reader, number, null);
        }

        if (bch[1] == "05")
        {
            var version = bch.Or(5) ?? bch.Or(11) ?? reader.Event.InterchangeControl;
            return Order(reader, Milestones.OrderChanged, bch, number, version, lines.Where(line => line.Lines[0][2] != "DI"));
        }

        return lines.Count > 0 && lines.TrueForAll(line => line.Lines[0][2] == "DI")
            ? Cancelled(reader, number, lines)
            : Refused(reader, "BCH01",
                "An 860 of single changes does not say what the order is now; ask the partner for purpose 05, which replaces it.");
    }

    private static TranslateResult Order(
        EdiDocumentReader reader, string milestone, X12Line head, string number, string version, IEnumerable<X12Loop> loops)
    {
        var currency = reader.Root.Find("CUR")?.Or(2) ?? reader.Setting("currency", reader.Profile.Currency) ?? "";
        var lines = new JsonArray();
        var total = 0m;
        foreach (var loop in loops)
        {
            var (line, amount) = Line(reader, loop.Lines[0], currency);
            lines.Add(line);
            total += amount;
        }

        var order = new JsonObject
        {
            ["number"] = number,
            ["version"] = version,
            ["legalEntity"] = reader.Setting("legalEntity", reader.Profile.LegalEntity),
            ["customer"] = Customer(reader),
            ["currency"] = currency,
            ["lines"] = lines,
            ["total"] = total,
        };
        if (reader.At(reader.Root.Find("DTM", "002") ?? reader.Root.Find("DTM", "067"), 2, 3, 4) is { } requested)
        {
            order["requestedDelivery"] = requested.ToUniversalTime().ToString("O");
        }

        var data = new JsonObject { ["references"] = new JsonObject { ["order"] = number }, ["order"] = order };
        return reader.Context.Fact(milestone, number, reader.At(head, head.Id == "BEG" ? 5 : 6), data);
    }

    /// <summary>
    /// PO1 and POC have unit and ids in different places: POC03 is the quantity, POC05 the unit, ids from POC08.
    /// </summary>
    private static (JsonObject Line, decimal Amount) Line(EdiDocumentReader reader, X12Line line, string currency)
    {
        var isChange = line.Id == "POC";
        var quantity = reader.RequiredNumber(line, isChange ? 3 : 2);
        var price = reader.Number(line, isChange ? 6 : 4);
        if (price is null)
        {
            reader.Required(line, isChange ? 6 : 4);
        }

        var amount = Money.Round(quantity * (price ?? 0), currency);
        var json = new JsonObject
        {
            ["line"] = reader.Required(line, 1),
            ["item"] = reader.Item(line, isChange ? 8 : 6),
            ["quantity"] = quantity,
            ["unit"] = isChange ? Unit(line[5]) ?? reader.Required(line, 5) : reader.Required(line, 3),
            ["unitPrice"] = price,
            ["amount"] = amount,
            ["site"] = reader.Root.Party("SF", "WH")?.Lines[0].Or(4) ?? reader.Setting("site", reader.Profile.Site),
        };
        return (json, amount);
    }

    /// <summary>
    /// The first component of a composite unit of measure, whatever separates it from the others: a code of letters and
    /// digits.
    /// </summary>
    private static string? Unit(string composite) =>
        new string([.. composite.TakeWhile(char.IsAsciiLetterOrDigit)]) is { Length: > 0 } unit ? unit : null;

    private static JsonObject Customer(EdiDocumentReader reader)
    {
        var buyer = reader.Root.Party("BY", "BT", "ST")?.Lines[0];
        var customer = new JsonObject { ["id"] = buyer?.Or(4) ?? reader.Profile.PartnerId };
        if (buyer?.Or(2) is { } name)
        {
            customer["name"] = name;
        }

        if (reader.Root.Party("ST")?.Lines[0].Or(4) is { } shipTo)
        {
            customer["shipTo"] = shipTo;
        }

        return customer;
    }

    private static TranslateResult Cancelled(EdiDocumentReader reader, string number, List<X12Loop>? lines)
    {
        var data = new JsonObject { ["references"] = new JsonObject { ["order"] = number },
            ["reason"] = $"Cancelled by {reader.Event.Set} {reader.Event.SetControl}" };
        if (lines is not null)
        {
            data["lines"] = new JsonArray([.. lines.Select(
                line => (JsonNode)new JsonObject { ["line"] = reader.Required(line.Lines[0], 1) })]);
        }

        return reader.Context.Fact(Milestones.OrderCancelled, number, null, data);
    }

    private static TranslateResult Refused(EdiDocumentReader reader, string field, string sentence) =>
        TranslateResult.Refused(new MapRefusal(ReasonCodes.SchemaInvalid, field, sentence));
}
