using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Core.Connectors.Kinds;

namespace ControlTower.Web.Features.Connectors.Register;

/// <summary>A setting as text in a form, and back.</summary>
internal static class SettingText
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string From(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
            string.Join('\n', value.EnumerateArray().Select(item => item.GetString())),
        JsonValueKind.Object when value.EnumerateObject().All(member => member.Value.ValueKind == JsonValueKind.String) =>
            string.Join('\n', value.EnumerateObject().Select(member => $"{member.Name} = {member.Value.GetString()}")),
        JsonValueKind.Array or JsonValueKind.Object => JsonSerializer.Serialize(value, Indented),
        _ => value.GetRawText(),
    };

    /// <exception cref="FormatException">A line or number is not of the form.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static JsonNode? Read(SettingType type, string text) => type switch
    {
        SettingType.Whole =>
            int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new FormatException("It must be a whole number."),
        SettingType.Flag => text == "true",
        SettingType.Texts => new JsonArray([.. Lines(text).Select(line => (JsonNode?)line)]),
        SettingType.Map => MapOf(text),
        SettingType.Json => Json(text),
        _ => text.Trim(),
    };

    private static JsonNode? Json(string text)
    {
        // A setting that is shown as lines may be entered as lines: a list or an object of texts.
        var trimmed = text.TrimStart();
        return trimmed.StartsWith('{') || trimmed.StartsWith('[') || trimmed.StartsWith('"')
            ? JsonNode.Parse(text)
            : text.Contains('=', StringComparison.Ordinal) ? MapOf(text) : JsonNode.Parse(text);
    }

    private static JsonObject MapOf(string text)
    {
        var map = new JsonObject();
        foreach (var line in Lines(text))
        {
            var (name, value) = line.Split('=', 2, StringSplitOptions.TrimEntries) is [var left, var right] && left.Length > 0
                && right.Length > 0
                ? (left, right)
                : throw new FormatException($"The line \"{line}\" is not of the form: there = here.");
            map[name] = value;
        }

        return map;
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
