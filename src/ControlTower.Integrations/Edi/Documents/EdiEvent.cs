using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Core.Connectors.Translating;
using ControlTower.Core.Facts;
using ControlTower.Integrations.Edi.X12;

namespace ControlTower.Integrations.Edi.Documents;

/// <summary>
/// The part of an interchange that is about one fact, as the inbox keeps it: the segments as they came, element by
/// element, with the numbers of their envelope. The id is made of the control numbers, so that a repetition is a
/// duplicate and other content under a known number is an exception.
/// </summary>
internal sealed record EdiEvent
{
    public const string Interchange = "x12.interchange.v1";
    public const string Refusal = "edi.refusal.v1";

    /// <summary>No set but a segment of the envelope: what a partner reports of an interchange of ours.</summary>
    public const string Ta1 = "TA1";

    /// <summary>850, IFTSTA.</summary>
    public required string Set { get; init; }

    /// <summary>GS08, or D.10A.</summary>
    public string Version { get; init; } = "";

    /// <summary>ISA13 or UNB05, GS06, ST02 or UNH01.</summary>
    public string InterchangeControl { get; init; } = "";

    public string GroupControl { get; init; } = "";

    public string SetControl { get; init; } = "";

    /// <summary>Which part of the document it is about: shipped, short, status.</summary>
    public string Aspect { get; init; } = "";

    /// <summary>For a 997 or TA1: the key of the command whose document it acknowledges.</summary>
    public string? Key { get; init; }

    public IReadOnlyList<X12Line> Lines { get; init; } = [];

    public static string TypeOf(string set) => char.IsAsciiDigit(set[0]) || set == Ta1
        ? $"x12.{set.ToLowerInvariant()}.v1"
        : $"edifact.{set.ToLowerInvariant()}.v1";

    public byte[] Write(string source, int part) => VendorEvent.Json(
        source, $"{InterchangeControl}.{GroupControl}.{SetControl}.{Aspect}.{part}", TypeOf(Set), null,
        JsonSerializer.SerializeToUtf8Bytes(ToJson()));

    private JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["set"] = Set, ["version"] = Version, ["interchange"] = InterchangeControl, ["group"] = GroupControl, ["control"] = SetControl,
            ["aspect"] = Aspect,
        };
        if (Key is not null)
        {
            json["key"] = Key;
        }

        json["segments"] = new JsonArray([.. Lines.Select(
            line => (JsonNode)new JsonArray([.. line.Elements.Prepend(line.Id).Select(text => (JsonNode)JsonValue.Create(text))]))]);
        return json;
    }

    public static EdiEvent Read(FieldReader data) => new()
    {
        Set = data["set"].RequiredText(),
        Version = data["version"].Text() ?? "",
        InterchangeControl = data["interchange"].Text() ?? "",
        GroupControl = data["group"].Text() ?? "",
        SetControl = data["control"].Text() ?? "",
        Aspect = data["aspect"].Text() ?? "",
        Key = data["key"].Text(),
        Lines = data["segments"].Items(required: true).ConvertAll(Line),
    };

    private static X12Line Line(FieldReader segment)
    {
        var pieces = segment.Items(required: true).ConvertAll(Piece);
        return new X12Line(pieces.Count > 0 ? pieces[0] : "", pieces.Count > 0 ? pieces[1..] : []);
    }

    private static string Piece(FieldReader piece)
    {
        if (piece.Kind == JsonValueKind.String)
        {
            return piece.Element.GetString()!;
        }

        piece.AddError($"{piece.Path} must be a text.");
        return "";
    }
}
