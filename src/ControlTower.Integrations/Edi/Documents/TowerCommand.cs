using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ControlTower.Core.Connectors;

namespace ControlTower.Integrations.Edi.Documents;

/// <summary>A command of the open connector, version 1, read back from its bytes.</summary>
internal sealed record TowerCommand(string Kind, string Key, DateTimeOffset At, JsonElement Data)
{
    public static TowerCommand Parse(CommandEnvelope envelope)
    {
        using var json = JsonDocument.Parse(envelope.Body);
        var root = json.RootElement;
        var at = root.TryGetProperty("time", out var time) && time.TryGetDateTimeOffset(out var parsed) ? parsed : DateTimeOffset.UnixEpoch;
        return new TowerCommand(envelope.Kind, envelope.Key, at, root.TryGetProperty("data", out var data) ? data.Clone() : default);
    }

    public string? Text(string name) => Text(Data, name);

    public string? Reference(string kind) => Data.ValueKind == JsonValueKind.Object
        && Data.TryGetProperty("references", out var references) ? Text(references, kind) : null;

    public IReadOnlyList<JsonElement> List(string name) => List(Data, name);

    /// <summary>The n of <c>…/{n}</c>.</summary>
    public string Number => Key[(Key.LastIndexOf('/') + 1)..];

    /// <summary>
    /// A number of ours for a document that this command makes: readable where it fits, with a piece of the key's hash
    /// where it does not; null when even that is too long. The same key always gives the same number.
    /// </summary>
    public string? DocumentNumber(int longest, params ReadOnlySpan<string?> parts)
    {
        var readable = string.Join('-', [.. parts, Number]);
        if (readable.Length <= longest)
        {
            return readable;
        }

        var brief = $"{parts[0]}-{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Key)))[..6]}";
        return brief.Length <= longest ? brief : null;
    }

    public static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    public static decimal Amount(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDecimal()
            : 0;

    public static IReadOnlyList<JsonElement> List(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray()]
            : [];

    public DateOnly? Day(string name, TimeZoneInfo zone) =>
        Text(name) is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var at)
            ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime)
            : null;
}
