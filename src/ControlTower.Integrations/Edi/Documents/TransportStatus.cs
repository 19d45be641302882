using System.Text.Json.Nodes;
using ControlTower.Core.Connectors.Translating;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.Edi.X12;
using static ControlTower.Integrations.Edi.Documents.EdifactLines;

namespace ControlTower.Integrations.Edi.Documents;

/// <summary>IFTSTA: one fact for each STS, by recommendation 24 of UN/ECE.</summary>
internal static class TransportStatus
{
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

    public static TranslateResult Status(EdiDocumentReader reader)
    {
        var lines = reader.Event.Lines;
        if (Find(lines, "STS") is not { } sts)
        {
            return TranslateResult.OfNoInterest("The IFTSTA has no status (STS).");
        }

        var code = Part(sts, 2);
        var meaning = reader.Context.Codes.Find("unece.rec24", reader.Event.Version, code);
        if (meaning is null)
        {
            reader.Context.Errors.Add(CodeLookup.Refuse("unece.rec24", reader.Event.Version, code, "STS C555"));
        }

        var tracking = Or(Find(lines, "CNI"), 2);
        var shipment = Reference(lines, "SRN") ?? Reference(lines, "CU");
        var at = Date(reader, lines, "334") ?? Date(reader, lines, "7") ?? Date(reader, lines, "137");
        var data = new JsonObject { ["references"] = EdiDocumentReader.References(
            ("tracking", tracking), ("shipment", shipment), ("load", shipment)) };
        if (tracking is not null)
        {
            data["tracking"] = tracking;
        }

        var subject = reader.Role == Roles.Carrier ? tracking ?? shipment : shipment ?? tracking;
        if (subject is null)
        {
            reader.AddError("CNI", "The status names no consignment.");
        }

        return RoadStatus.Fact(reader.Context, meaning, subject ?? "", at, data, code, Or(sts, 3));
    }
}
