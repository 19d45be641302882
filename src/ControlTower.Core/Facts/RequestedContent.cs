using System.Text.Json;

namespace ControlTower.Core.Facts;

/// <summary>What a command requested, read back from the bytes that were sent.</summary>
internal sealed record RequestedContent(IReadOnlyList<FactLine>? Lines, decimal? Net, string? Stage)
{
    private static readonly RequestedContent Nothing = new(null, null, null);

    public static RequestedContent From(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return Nothing;
        }

        using var document = JsonDocument.Parse(body);
        return document.RootElement.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object ? Read(data) : Nothing;
    }

    private static RequestedContent Read(JsonElement data)
    {
        var money = data.TryGetProperty("invoice", out var invoice) ? invoice : data;
        var lines = money.TryGetProperty("lines", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(Line).ToList()
            : null;
        return new RequestedContent(lines, Decimal(money, "net"), Text(data, "stage"));
    }

    private static FactLine Line(JsonElement line) => new()
    {
        Line = Text(line, "line") ?? "",
        Quantity = Decimal(line, "quantity"),
        Amount = Decimal(line, "amount"),
    };

    private static decimal? Decimal(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number)
            ? CanonicalJson.Normalise(number)
            : null;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
