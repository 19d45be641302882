using System.Text.Json.Nodes;
using ControlTower.Core.Canonical;
using ControlTower.Core.Connectors.Translating;
using ControlTower.Core.Exceptions;
using ControlTower.Integrations.Edi.Edifact;
using ControlTower.Integrations.Edi.X12;

namespace ControlTower.Integrations.Edi.Documents;

/// <summary>
/// IFTSTA, DESADV and ORDRSP. Their segments are kept as lines whose elements hold the components apart by a unit separator (0x1F), which no message carries.
/// </summary>
internal static class EdifactDocuments
{
    private const char Unit = '\u001F';

    public static X12Line Line(EdifactSegment segment) => new(segment.Tag, [.. segment.Elements.Select(element => string.Join(Unit, element))]);

    /// <summary>Each status of an IFTSTA with the header and its consignment; other messages whole.</summary>
    public static IEnumerable<(string Aspect, IReadOnlyList<X12Line> Lines)> Split(string message, IReadOnlyList<X12Line> lines)
    {
        if (message != "IFTSTA")
        {
            yield return ("document", lines);
            yield break;
        }

        var header = lines.TakeWhile(line => line.Id != "CNI").ToList();
        var consignment = new List<X12Line>();
        var status = new List<X12Line>();
        foreach (var line in lines.Skip(header.Count))
        {
            if (line.Id is "CNI" or "STS" && status.Count > 0)
            {
                yield return ("status", [.. header, .. consignment, .. status]);
                status.Clear();
            }

            if (line.Id == "CNI")
            {
                consignment = [];
            }

            (line.Id == "STS" || status.Count > 0 ? status : consignment).Add(line);
        }

        yield return status.Count > 0 ? ("status", [.. header, .. consignment, .. status]) : ("none", lines);
    }

    public static TranslateResult Status(DocumentReading reading)
    {
        var lines = reading.Event.Lines;
        if (Find(lines, "STS") is not { } sts)
        {
            return TranslateResult.OfNoInterest("The IFTSTA tells no status (STS).");
        }

        var code = Part(sts, 2);
        var meaning = reading.Context.Codes.Find("unece.rec24", reading.Event.Version, code);
        if (meaning is null)
        {
            reading.Context.Faults.Add(Core.Connectors.Codes.CodeLookup.Refuse("unece.rec24", reading.Event.Version, code, "STS C555"));
        }

        var tracking = Or(Find(lines, "CNI"), 2);
        var shipment = Reference(lines, "SRN") ?? Reference(lines, "CU");
        var at = Date(reading, lines, "334") ?? Date(reading, lines, "7") ?? Date(reading, lines, "137");
        var data = new JsonObject { ["references"] = DocumentReading.References(("tracking", tracking), ("shipment", shipment), ("load", shipment)) };
        if (tracking is not null)
        {
            data["tracking"] = tracking;
        }

        var subject = reading.Role == Roles.Carrier ? tracking ?? shipment : shipment ?? tracking;
        if (subject is null)
        {
            reading.Fault("CNI", "The status names no consignment.");
        }

        return RoadStatus.Fact(reading.Context, meaning, subject ?? "", at, data, code, Or(sts, 3));
    }

    public static TranslateResult Despatch(DocumentReading reading)
    {
        var lines = reading.Event.Lines;
        if (!Is(reading, lines, "despatch advice"))
        {
            return NoFact();
        }

        var number = Or(Find(lines, "BGM"), 2);
        Missing(reading, number, "BGM C106");
        var goods = new JsonArray();
        foreach (var item in Groups(lines, "LIN"))
        {
            if (Qualified(item, "QTY", "12") is { } quantity && X12Values.Number(Part(quantity, 1, 2)) is { } shipped)
            {
                goods.Add(new JsonObject { ["line"] = Reference(item, "LI") ?? Part(item[0], 1), ["quantity"] = shipped });
            }
            else
            {
                reading.Fault("QTY", $"Line {Part(item[0], 1)} has no despatched quantity (QTY+12).");
            }
        }

        var data = new JsonObject
        {
            ["references"] = DocumentReading.References(("order", Reference(lines, "ON")), ("fulfilment", Reference(lines, "DQ"))),
            ["lines"] = goods,
        };
        var parcels = lines.Where(line => line.Id == "GIN" && Part(line, 1) is "BJ" or "AW").SelectMany(line => line.Elements.Skip(1).Select(element => element.Split(Unit)[0])).ToList();
        if (parcels.Count > 0)
        {
            data["parcels"] = new JsonArray([.. parcels.Select(parcel => (JsonNode)parcel)]);
        }

        if (Or(Find(lines, "TDT"), 5) is { } carrier)
        {
            data["carrier"] = carrier;
        }

        var at = Date(reading, lines, "11") ?? Date(reading, lines, "137");
        return reading.Context.Fact(Milestones.ShipmentShipped, number ?? "", at, data);
    }

    public static TranslateResult OrderResponse(DocumentReading reading)
    {
        var lines = reading.Event.Lines;
        if (!Is(reading, lines, "order response"))
        {
            return NoFact();
        }

        var bgm = Find(lines, "BGM")!;
        var number = Reference(lines, "ON") ?? Or(bgm, 2);
        Missing(reading, number, "RFF+ON");
        if (Part(bgm, 3) == "27")
        {
            return reading.Context.Fact(Milestones.OrderCancelled, number ?? "", null, new JsonObject { ["references"] = DocumentReading.References(("order", number)), ["reason"] = "Not accepted (BGM 27)" });
        }

        var currency = Find(lines, "CUX") is { } cux && Part(cux, 1, 2) is { Length: > 0 } stated ? stated : reading.Setting("currency", reading.Profile.Currency) ?? "";
        var items = new JsonArray();
        var total = 0m;
        foreach (var item in Groups(lines, "LIN").Where(item => Part(item[0], 2) != "7"))
        {
            var (line, amount) = Item(reading, item, currency);
            items.Add(line);
            total += amount;
        }

        var buyer = lines.FirstOrDefault(line => line.Id == "NAD" && Part(line, 1) == "BY");
        var order = new JsonObject
        {
            ["number"] = number,
            ["version"] = Part(bgm, 3) == "4" ? reading.Event.InterchangeControl : "0",
            ["legalEntity"] = reading.Setting("legalEntity", reading.Profile.LegalEntity),
            ["customer"] = new JsonObject { ["id"] = Or(buyer, 2) ?? reading.Profile.PartnerId },
            ["currency"] = currency,
            ["lines"] = items,
            ["total"] = total,
        };
        var data = new JsonObject { ["references"] = DocumentReading.References(("order", number)), ["order"] = order };
        return reading.Context.Fact(Part(bgm, 3) == "4" ? Milestones.OrderChanged : Milestones.OrderAccepted, number ?? "", Date(reading, lines, "137"), data);
    }

    private static (JsonObject Line, decimal Amount) Item(DocumentReading reading, List<X12Line> item, string currency)
    {
        var line = Part(item[0], 1);
        var quantity = Qualified(item, "QTY", "21") ?? Qualified(item, "QTY", "113") ?? Qualified(item, "QTY", "12");
        var ordered = quantity is null ? null : X12Values.Number(Part(quantity, 1, 2));
        var price = Qualified(item, "PRI", "AAA") is { } pri ? X12Values.Number(Part(pri, 1, 2)) : null;
        var stated = Qualified(item, "MOA", "203") is { } moa ? X12Values.Number(Part(moa, 1, 2)) : null;
        if (ordered is null || (price is null && stated is null))
        {
            reading.Fault("LIN", $"Line {line} has no quantity (QTY+21) or no price (PRI+AAA, MOA+203).");
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
            ["site"] = reading.Setting("site", reading.Profile.Site),
        }, amount);
    }

    /// <summary>Whether BGM names a document of that meaning; a name that nobody mapped is an exception that lets it be mapped.</summary>
    private static bool Is(DocumentReading reading, IReadOnlyList<X12Line> lines, string wanted)
    {
        var code = Find(lines, "BGM") is { } bgm ? Part(bgm, 1) : "";
        var meaning = reading.Context.Codes.Find("edifact.1001", reading.Event.Version, code);
        if (meaning is null)
        {
            reading.Context.Faults.Add(Core.Connectors.Codes.CodeLookup.Refuse("edifact.1001", reading.Event.Version, code, "BGM C002"));
        }
        else if (meaning != wanted)
        {
            reading.Fault("BGM C002", $"Document {code} is a {meaning}, not a {wanted}.");
        }

        return meaning == wanted;
    }

    private static TranslateResult NoFact() => TranslateResult.Refused(new MapRefusal(ReasonCodes.SchemaInvalid, "BGM C002", "The document is not of the kind that its message type says."));

    private static void Missing(DocumentReading reading, string? value, string field)
    {
        if (value is null)
        {
            reading.Fault(field, $"{field} is missing.");
        }
    }

    private static X12Line? Find(IReadOnlyList<X12Line> lines, string tag) => lines.FirstOrDefault(line => line.Id == tag);

    private static X12Line? Qualified(IReadOnlyList<X12Line> lines, string tag, string qualifier) => lines.FirstOrDefault(line => line.Id == tag && Part(line, 1) == qualifier);

    private static string? Reference(IReadOnlyList<X12Line> lines, string qualifier) =>
        Qualified(lines, "RFF", qualifier) is { } found && Part(found, 1, 2) is { Length: > 0 } value ? value : null;

    private static DateTimeOffset? Date(DocumentReading reading, IReadOnlyList<X12Line> lines, string qualifier)
    {
        if (Qualified(lines, "DTM", qualifier) is not { } dtm)
        {
            return null;
        }

        var at = EdiTime.Edifact(Part(dtm, 1, 2), Part(dtm, 1, 3), reading.Profile.Zone);
        if (at is null)
        {
            reading.Fault("DTM C507", $"DTM+{qualifier} is no time of format 102, 203 or 204.");
        }

        return at;
    }

    private static IEnumerable<List<X12Line>> Groups(IReadOnlyList<X12Line> lines, string opener)
    {
        List<X12Line>? group = null;
        foreach (var line in lines)
        {
            if (line.Id == opener || line.Id is "UNS" or "CNT" or "CPS")
            {
                if (group is not null)
                {
                    yield return group;
                }

                group = line.Id == opener ? [] : null;
            }

            group?.Add(line);
        }

        if (group is not null)
        {
            yield return group;
        }
    }

    private static string? Or(X12Line? line, int element) => line is not null && Part(line, element) is { Length: > 0 } text ? text : null;

    private static string Part(X12Line line, int element, int component = 1)
    {
        var parts = line[element].Split(Unit);
        return component <= parts.Length ? parts[component - 1].Trim() : "";
    }
}
