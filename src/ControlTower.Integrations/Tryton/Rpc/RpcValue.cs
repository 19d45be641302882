using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ControlTower.Integrations.Tryton.Rpc;

/// <summary>
/// Tryton's JSON: instants, dates and decimals are objects with a <c>__class__</c>. Its instants are UTC without an
/// offset.
/// </summary>
internal static class RpcValue
{
    public static JsonObject Instant(DateTimeOffset at)
    {
        var utc = at.UtcDateTime;
        return new JsonObject
        {
            ["__class__"] = "datetime",
            ["year"] = utc.Year,
            ["month"] = utc.Month,
            ["day"] = utc.Day,
            ["hour"] = utc.Hour,
            ["minute"] = utc.Minute,
            ["second"] = utc.Second,
            ["microsecond"] = (int)(utc.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond),
        };
    }

    public static JsonObject Decimal(decimal value) =>
        new() { ["__class__"] = "Decimal", ["decimal"] = value.ToString(CultureInfo.InvariantCulture) };

    /// <summary>The instant of a field; null when it is null or none.</summary>
    public static DateTimeOffset? InstantOf(JsonElement row, string field) =>
        Class(row, field, "datetime", out var value) && DayOf(value) is { } day
            ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero)
                .Add(new TimeSpan(0, Part(value, "hour"), Part(value, "minute"), Part(value, "second"), 0, Part(value, "microsecond")))
            : null;

    /// <summary>The last write, or of a record never written since, its creation.</summary>
    public static DateTimeOffset? StampOf(JsonElement row) => InstantOf(row, "write_date") ?? InstantOf(row, "create_date");

    public static DateOnly? DateOf(JsonElement row, string field) =>
        Class(row, field, "date", out var value) ? DayOf(value) : null;

    /// <summary>A Decimal or a float; null when it is neither.</summary>
    public static decimal? NumberOf(JsonElement row, string field)
    {
        if (row.ValueKind != JsonValueKind.Object || !row.TryGetProperty(field, out var value))
        {
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetDecimal(out var number) => number,
            JsonValueKind.Object when value.TryGetProperty("decimal", out var text) && text.ValueKind == JsonValueKind.String
                && decimal.TryParse(text.GetString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) => number,
            _ => null,
        };
    }

    public static long? IdOf(JsonElement row, string field) =>
        row.ValueKind == JsonValueKind.Object && row.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out var id) ? id : null;

    /// <summary>
    /// The text of a field; <c>party.name</c> reads the <c>party.</c> that Tryton puts next to the id.
    /// </summary>
    public static string? TextOf(JsonElement row, string path)
    {
        var at = row;
        var rest = path;
        for (var dot = rest.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = rest.IndexOf('.', StringComparison.Ordinal))
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(rest[..(dot + 1)], out at))
            {
                return null;
            }

            rest = rest[(dot + 1)..];
        }

        return at.ValueKind == JsonValueKind.Object && at.TryGetProperty(rest, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
    }

    /// <summary>
    /// A related record's fields, <c>currency.</c>; undefined when they are not there. All readers take it for an empty
    /// record then.
    /// </summary>
    public static JsonElement Neighbour(JsonElement row, string name) =>
        row.ValueKind == JsonValueKind.Object && row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object
            ? value
            : default;

    /// <summary>The ids of a field that holds several.</summary>
    public static IReadOnlyList<long> IdsOf(JsonElement row, string field) =>
        row.ValueKind == JsonValueKind.Object && row.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out var id) ? id : 0)
                .Where(id => id > 0)]
            : [];

    /// <summary>The id in a reference such as <c>sale.line,17</c>; null when it points to another model or to nothing.</summary>
    public static long? IdIn(JsonElement row, string field, string model) =>
        TextOf(row, field) is { } text && text.StartsWith(model, StringComparison.Ordinal) && text.Length > model.Length
            && text[model.Length] == ','
        && long.TryParse(text.AsSpan(model.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;

    private static bool Class(JsonElement row, string field, string name, out JsonElement value)
    {
        value = default;
        return row.ValueKind == JsonValueKind.Object && row.TryGetProperty(field, out value) && value.ValueKind == JsonValueKind.Object
            && value.TryGetProperty("__class__", out var reported) && reported.ValueKind == JsonValueKind.String
                && reported.ValueEquals(name);
    }

    private static DateOnly? DayOf(JsonElement value)
    {
        var (year, month, day) = (Part(value, "year"), Part(value, "month"), Part(value, "day"));
        return year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;
    }

    private static int Part(JsonElement value, string name) =>
        value.TryGetProperty(name, out var part) && part.ValueKind == JsonValueKind.Number && part.TryGetInt32(out var number) ? number : 0;
}
