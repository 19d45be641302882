using System.Text.Json.Nodes;
using ControlTower.Core.Connectors.Translating;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.Edi.X12;

namespace ControlTower.Integrations.Edi.Documents;

/// <summary>
/// 214, 990 and 210. A carrier's own number (B1001, the PRO) is its tracking number; B1002 and B303 are our shipment,
/// as the 204 gave it.
/// </summary>
internal static class CarrierDocuments
{
    public static TranslateResult Status(EdiDocumentReader reader)
    {
        if (reader.Root.Each("LX").SelectMany(lx => lx.Each("AT7")).FirstOrDefault() is not { } status)
        {
            return TranslateResult.OfNoInterest("The 214 has no status (AT7).");
        }

        var head = reader.Segment(reader.Root, "B10");
        var at7 = status.Lines[0];
        var isAppointment = at7.Or(3) is not null;
        var meaning = isAppointment ? reader.Meaning("x12.1652", at7, 3) : reader.Meaning("x12.1650", at7, 1);
        var at = reader.At(at7, 5, 6, 7);
        if (at is null)
        {
            reader.Required(at7, 5);
        }

        var data = Transport(reader, head.Or(1), head.Or(2), head.Or(3));
        if (status.Find("MS1") is { } place && Place(place) is { Length: > 0 } location)
        {
            data["location"] = location;
        }

        return RoadStatus.Fact(reader.Context, meaning, Subject(reader, head.Or(1), head.Or(2)), at, data, isAppointment ? at7[3] : at7[1],
            at7.Or(2) ?? at7.Or(4));
    }

    public static TranslateResult TenderAnswer(EdiDocumentReader reader)
    {
        var head = reader.Segment(reader.Root, "B1");
        var shipment = reader.Required(head, 2);
        var meaning = reader.Meaning("x12.558", head, 4);
        // 5010 has L11 for N9, with the qualifier behind the number.
        var pro = reader.Root.Find("N9", "CN")?.Or(2) ?? reader.Root.All("L11").FirstOrDefault(line => line[2] == "CN")?.Or(1);
        var reason = reader.Root.Find("K1")?.Or(1);
        return RoadStatus.Fact(reader.Context, meaning, Subject(reader, pro, shipment), reader.At(head, 3),
            Transport(reader, pro, shipment, head.Or(1)), head[4], reason);
    }

    public static TranslateResult FreightInvoice(EdiDocumentReader reader)
    {
        var head = reader.Segment(reader.Root, "B3");
        var (number, shipment) = (reader.Required(head, 2), reader.Required(head, 3));
        var charges = new JsonArray();
        foreach (var charge in reader.Root.Flat().Where(line => line.Id == "L1" && line.Or(4) is not null))
        {
            charges.Add(new JsonObject { ["shipment"] = shipment, ["code"] = charge.Or(8) ?? "FRT", ["amount"] = reader.Cents(charge, 4) });
        }

        reader.Required(head, 7);
        var freight = new JsonObject
        {
            ["carrier"] = reader.Required(head, 11),
            ["invoice"] = number,
            ["currency"] = reader.Root.Find("C3")?.Or(1) ?? reader.Setting("currency", reader.Profile.Currency),
            ["charges"] = charges,
            ["total"] = reader.Cents(head, 7),
        };
        var data = new JsonObject { ["references"] = EdiDocumentReader.References(("load", shipment), ("shipment", shipment)),
            ["freight"] = freight };
        return reader.Context.Fact(Milestones.FreightInvoiced, number, reader.At(head, 6), data);
    }

    private static JsonObject Transport(EdiDocumentReader reader, string? tracking, string? shipment, string? scac)
    {
        var data = new JsonObject { ["references"] = EdiDocumentReader.References(
            ("load", shipment), ("shipment", shipment), ("tracking", tracking)) };
        if (scac is not null)
        {
            data["carrier"] = scac;
        }

        if (tracking is not null)
        {
            data["tracking"] = tracking;
        }

        return data;
    }

    /// <summary>A carrier reports on what its own number covers, a TMS on the load that we tendered.</summary>
    private static string Subject(EdiDocumentReader reader, string? tracking, string? shipment)
    {
        var subject = reader.Role == Roles.Carrier ? tracking ?? shipment : shipment ?? tracking;
        if (subject is null)
        {
            reader.AddError("B1001", "The document names neither the carrier's number nor the shipment.");
        }

        return subject ?? "";
    }

    private static string Place(X12Line ms1) => string.Join(", ", new[] { ms1.Or(1), ms1.Or(2), ms1.Or(3) }.OfType<string>());
}
