using System.Text.Json.Nodes;
using ControlTower.Core.Connectors.Translating;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.Edi.X12;

namespace ControlTower.Integrations.Edi.Documents;

/// <summary>
/// A partner's acknowledgement of what we sent: of a document by 997, of the interchange around it by TA1. An
/// acceptance confirms what was assumed; a rejection retracts the acceptance.
/// </summary>
internal static class PartnerAnswer
{
    private const int LongestReason = 900;

    public static TranslateResult From997(EdiDocumentReader reader)
    {
        var set = reader.Root.Each("AK2").FirstOrDefault();
        var result = set?.Find("AK5") ?? reader.Root.Find("AK9") ?? reader.Segment(reader.Root, "AK9");
        var name = set is null ? $"group {reader.Root.Find("AK1")?[2]}"
            : $"{set.Lines[0][1]} {set.Lines[0][2]} of group {reader.Root.Find("AK1")?[2]}";
        var places = set?.Flat().Where(line => line.Id is "AK3" or "AK4").Select(line => line.ToString()) ?? [];
        return result[1] switch
        {
            "A" or "E" or "P" => Taken(name, result[1]),
            "R" or "M" or "W" or "X" => Refused(reader, "997", "AK102", name, $"{result} {string.Join(' ', places)}"),
            var other => Unknown($"{result.Id}01", other, "997"),
        };
    }

    public static TranslateResult FromTa1(EdiDocumentReader reader)
    {
        var result = reader.Segment(reader.Root, "TA1");
        var name = $"interchange {result[1]}";
        return result[4] switch
        {
            "A" or "E" => Taken(name, result[4]),
            "R" => Refused(reader, "TA1", "TA101", name, result.ToString()),
            var other => Unknown("TA104", other, "TA1"),
        };
    }

    private static TranslateResult Taken(string name, string result) =>
        TranslateResult.OfNoInterest($"The partner took {name} ({result}).");

    private static TranslateResult Unknown(string field, string result, string by) =>
        TranslateResult.Refused(new MapRefusal(ReasonCodes.SchemaInvalid, field, $"{result} is no status of a {by}."));

    private static TranslateResult Refused(EdiDocumentReader reader, string by, string field, string name, string report)
    {
        if (reader.Event.Key is not { } key)
        {
            return TranslateResult.Refused(new MapRefusal(
                ReasonCodes.SchemaInvalid, field, $"The partner refused {name}, which we did not send."));
        }

        var reason = $"The partner refused {name}: {report}".Trim();
        var data = new JsonObject { ["key"] = key, ["code"] = $"REFUSED_BY_{by}", ["reason"] = reason.Length > LongestReason
            ? reason[..LongestReason]
            : reason };
        return reader.Context.Fact(Milestones.CommandFailed, key, null, data);
    }
}
