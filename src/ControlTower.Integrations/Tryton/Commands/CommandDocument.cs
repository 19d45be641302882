using System.Globalization;
using System.Text.Json;
using ControlTower.Core.Connectors;

namespace ControlTower.Integrations.Tryton.Commands;

/// <summary>A command of the open connector, read.</summary>
internal sealed class CommandDocument
{
    private readonly JsonElement _data;

    private CommandDocument(string kind, string key, JsonElement data) => (Kind, Key, _data) = (kind, key, data);

    public string Kind { get; }

    /// <summary>Of the command; what Tryton keeps as its reference.</summary>
    public string Key { get; }

    public string? Site => Text(_data, "site");

    public string? Stage => Text(_data, "stage");

    public JsonElement Invoice => _data.TryGetProperty("invoice", out var invoice) ? invoice : default;

    /// <returns>Null when the body is no event with data.</returns>
    public static CommandDocument? Read(CommandEnvelope command)
    {
        try
        {
            using var json = JsonDocument.Parse(command.Body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("data", out var data)
                && data.ValueKind == JsonValueKind.Object
                ? new CommandDocument(command.Kind, command.Key, data.Clone())
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The number of a document it names, whether or not it names its system.</summary>
    public string? Reference(string kind)
    {
        if (!_data.TryGetProperty("references", out var references) || references.ValueKind != JsonValueKind.Object
            || !references.TryGetProperty(kind, out var number))
        {
            return null;
        }

        return number.ValueKind == JsonValueKind.Object ? Text(number, "value") : number.ValueKind == JsonValueKind.String
            ? number.GetString()
            : null;
    }

    /// <summary>The lines of a command or of its invoice; ids of sale lines that are none are left out.</summary>
    public static IReadOnlyList<RequestedLine> LinesOf(JsonElement holder) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty("lines", out var lines) && lines.ValueKind == JsonValueKind.Array
            ? [.. lines.EnumerateArray().Select(RequestedLine.From).OfType<RequestedLine>()]
            : [];

    public IReadOnlyList<RequestedLine> Lines => LinesOf(_data);

    public bool HasLines => _data.TryGetProperty("lines", out var lines) && lines.ValueKind == JsonValueKind.Array;

    private static string? Text(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}

/// <param name="Line">The sale line's id.</param>
internal sealed record RequestedLine(long Line, decimal? Quantity, decimal? Amount)
{
    public static RequestedLine? From(JsonElement line)
    {
        var number = line.ValueKind == JsonValueKind.Object ? line.TryGetProperty("line", out var inner) ? inner : default : line;
        return number.ValueKind == JsonValueKind.String
            && long.TryParse(number.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new RequestedLine(id, Decimal(line, "quantity"), Decimal(line, "amount"))
            : null;
    }

    private static decimal? Decimal(JsonElement line, string name) =>
        line.ValueKind == JsonValueKind.Object && line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetDecimal(out var number) ? number : null;
}
