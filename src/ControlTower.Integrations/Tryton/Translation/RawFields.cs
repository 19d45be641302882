using System.Text.Json;
using ControlTower.Core.Connectors.Translating;
using ControlTower.Core.Facts;
using ControlTower.Integrations.Tryton.Rpc;

namespace ControlTower.Integrations.Tryton.Translation;

/// <summary>
/// Reads Tryton's records inside a report; the first thing that is missing or of another kind is noted by its place.
/// </summary>
internal sealed class RawFields(TranslateContext context)
{
    private const string UnitScheme = "tryton.uom";
    private const string UnitVersion = "6.0";

    public JsonElement Data { get; } = context.Data.Element;

    public string Text(JsonElement row, string field, string place)
    {
        if (RpcValue.TextOf(row, field) is { Length: > 0 } text)
        {
            return text;
        }

        Refuse(place, $"{place} is missing or no text.");
        return "";
    }

    public decimal Number(JsonElement row, string field, string place)
    {
        if (RpcValue.NumberOf(row, field) is { } number)
        {
            return number;
        }

        Refuse(place, $"{place} is missing or no number.");
        return 0;
    }

    public long Id(JsonElement row, string field, string place)
    {
        if (RpcValue.IdOf(row, field) is { } id)
        {
            return id;
        }

        Refuse(place, $"{place} is missing or no record's number.");
        return 0;
    }

    public JsonElement Object(string name)
    {
        if (Data.ValueKind == JsonValueKind.Object && Data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object)
        {
            return value;
        }

        Refuse($"data.{name}", $"data.{name} is missing or no object.");
        return default;
    }

    public IReadOnlyList<(JsonElement Row, string Place)> Items(string name)
    {
        if (Data.ValueKind == JsonValueKind.Object && Data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array)
        {
            return [.. value.EnumerateArray().Select((row, place) => (row, $"data.{name}[{place}]"))];
        }

        Refuse($"data.{name}", $"data.{name} is missing or no list.");
        return [];
    }

    /// <summary>The unit's code by UN/ECE Recommendation 20.</summary>
    public string Unit(JsonElement row, string field, string place)
    {
        var symbol = Text(row, field, place);
        if (symbol.Length > 0 && context.Codes.Find(UnitScheme, UnitVersion, symbol) is { } unit)
        {
            return unit;
        }

        context.Errors.Add(CodeLookup.Refuse(UnitScheme, UnitVersion, symbol, place));
        return symbol;
    }

    public void Refuse(string field, string message) => context.Errors.Add(field, message);
}
