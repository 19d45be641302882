using ControlTower.Core.Connectors.Translating;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.Edi.Edifact;
using ControlTower.Integrations.Edi.X12;

namespace ControlTower.Integrations.Edi.Documents;

/// <summary>
/// Segments of an EDIFACT message as the inbox keeps them: lines whose elements separate the components by a unit
/// separator (0x1F), which no message contains. And how they are searched.
/// </summary>
internal static class EdifactLines
{
    private const char Unit = '\u001F';

    public static X12Line Line(EdifactSegment segment) =>
        new(segment.Tag, [.. segment.Elements.Select(element => string.Join(Unit, element))]);

    public static X12Line? Find(IReadOnlyList<X12Line> lines, string tag) => lines.FirstOrDefault(line => line.Id == tag);

    public static X12Line? Qualified(IReadOnlyList<X12Line> lines, string tag, string qualifier) =>
        lines.FirstOrDefault(line => line.Id == tag && Part(line, 1) == qualifier);

    public static string? Reference(IReadOnlyList<X12Line> lines, string qualifier) =>
        Qualified(lines, "RFF", qualifier) is { } found && Part(found, 1, 2) is { Length: > 0 } value ? value : null;

    public static DateTimeOffset? Date(EdiDocumentReader reader, IReadOnlyList<X12Line> lines, string qualifier)
    {
        if (Qualified(lines, "DTM", qualifier) is not { } dtm)
        {
            return null;
        }

        var at = EdiTime.Edifact(Part(dtm, 1, 2), Part(dtm, 1, 3), reader.Profile.Zone);
        if (at is null)
        {
            reader.AddError("DTM C507", $"DTM+{qualifier} is no time of format 102, 203 or 204.");
        }

        return at;
    }

    public static IEnumerable<List<X12Line>> Groups(IReadOnlyList<X12Line> lines, string opener)
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

    public static string? Or(X12Line? line, int element) => line is not null && Part(line, element) is { Length: > 0 } text ? text : null;

    public static string Part(X12Line line, int element, int component = 1)
    {
        var parts = line[element].Split(Unit);
        return component <= parts.Length ? parts[component - 1].Trim() : "";
    }

    /// <summary>An element's first component.</summary>
    public static string First(string element) => element.Split(Unit)[0];

    /// <summary>Whether BGM names a document of that meaning; a name that nobody mapped is an exception that lets it be mapped.</summary>
    public static bool Is(EdiDocumentReader reader, IReadOnlyList<X12Line> lines, string wanted)
    {
        var code = Find(lines, "BGM") is { } bgm ? Part(bgm, 1) : "";
        var meaning = reader.Context.Codes.Find("edifact.1001", reader.Event.Version, code);
        if (meaning is null)
        {
            reader.Context.Errors.Add(CodeLookup.Refuse("edifact.1001", reader.Event.Version, code, "BGM C002"));
        }
        else if (meaning != wanted)
        {
            reader.AddError("BGM C002", $"Document {code} is a {meaning}, not a {wanted}.");
        }

        return meaning == wanted;
    }

    public static TranslateResult NoFact() => TranslateResult.Refused(
        new MapRefusal(ReasonCodes.SchemaInvalid, "BGM C002", "The document's kind does not match its message type."));

    public static void Missing(EdiDocumentReader reader, string? value, string field)
    {
        if (value is null)
        {
            reader.AddError(field, $"{field} is missing.");
        }
    }
}
