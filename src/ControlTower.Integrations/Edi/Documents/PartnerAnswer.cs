using System.Text.Json.Nodes;
using ControlTower.Core.Canonical;
using ControlTower.Core.Connectors.Translating;
using ControlTower.Core.Exceptions;

namespace ControlTower.Integrations.Edi.Documents;

/// <summary>
/// What a partner says of what we sent: of a document by 997, of the interchange around it by TA1. One that takes it confirms what was assumed; one that refuses it takes the
/// acceptance back.
/// </summary>
internal static class PartnerAnswer
{
    private const int LongestReason = 900;

    public static TranslateResult Of997(DocumentReading reading)
    {
        var set = reading.Root.Each("AK2").FirstOrDefault();
        var verdict = set?.Find("AK5") ?? reading.Root.Find("AK9") ?? reading.Segment(reading.Root, "AK9");
        var name = set is null ? $"group {reading.Root.Find("AK1")?[2]}" : $"{set.Lines[0][1]} {set.Lines[0][2]} of group {reading.Root.Find("AK1")?[2]}";
        var places = set?.Flat().Where(line => line.Id is "AK3" or "AK4").Select(line => line.ToString()) ?? [];
        return verdict[1] switch
        {
            "A" or "E" or "P" => Taken(name, verdict[1]),
            "R" or "M" or "W" or "X" => Refused(reading, "997", "AK102", name, $"{verdict} {string.Join(' ', places)}"),
            var other => Unknown($"{verdict.Id}01", other, "997"),
        };
    }

    public static TranslateResult OfTa1(DocumentReading reading)
    {
        var verdict = reading.Segment(reading.Root, "TA1");
        var name = $"interchange {verdict[1]}";
        return verdict[4] switch
        {
            "A" or "E" => Taken(name, verdict[4]),
            "R" => Refused(reading, "TA1", "TA101", name, verdict.ToString()),
            var other => Unknown("TA104", other, "TA1"),
        };
    }

    private static TranslateResult Taken(string name, string verdict) => TranslateResult.OfNoInterest($"The partner took {name} ({verdict}).");

    private static TranslateResult Unknown(string field, string verdict, string by) =>
        TranslateResult.Refused(new MapRefusal(ReasonCodes.SchemaInvalid, field, $"{verdict} is no verdict of a {by}."));

    private static TranslateResult Refused(DocumentReading reading, string by, string field, string name, string said)
    {
        if (reading.Event.Key is not { } key)
        {
            return TranslateResult.Refused(new MapRefusal(ReasonCodes.SchemaInvalid, field, $"The partner refused {name}, which we did not send."));
        }

        var reason = $"The partner refused {name}: {said}".Trim();
        var data = new JsonObject { ["key"] = key, ["code"] = $"REFUSED_BY_{by}", ["reason"] = reason.Length > LongestReason ? reason[..LongestReason] : reason };
        return reading.Context.Fact(Milestones.CommandFailed, key, null, data);
    }
}
