using System.Globalization;
using System.Text.Json;
using ControlTower.Core.Connectors;

namespace ControlTower.Integrations.Stripe;

/// <summary>What a <c>create-invoice</c> requests, read from the bytes that are sent under its key.</summary>
/// <param name="Currency">ISO 4217, upper case.</param>
/// <param name="Customer">The ERP's number, or Stripe's own (<c>cus_…</c>).</param>
/// <param name="DecidedAt">Business time when the command was made; null when it has none.</param>
internal sealed record InvoiceRequest(
    string Currency, string Customer, IReadOnlyList<RequestedLine> Lines, decimal Net, string? Order, string? Shipment,
    DateTimeOffset? DecidedAt)
{
    /// <summary>Null when the command is not what the open connector describes.</summary>
    public static InvoiceRequest? Read(CommandEnvelope command)
    {
        try
        {
            using var json = JsonDocument.Parse(command.Body);
            var data = json.RootElement.GetProperty("data");
            var invoice = data.GetProperty("invoice");
            var references = data.TryGetProperty("references", out var links) ? links : default;
            return new InvoiceRequest(
                RequestedLine.Text(invoice, "currency").ToUpperInvariant(),
                RequestedLine.Text(invoice, "customer"),
                [.. invoice.GetProperty("lines").EnumerateArray().Select(RequestedLine.Read)],
                invoice.GetProperty("net").GetDecimal(),
                Number(references, "order"),
                Number(references, "shipment"),
                json.RootElement.TryGetProperty("time", out var time) && time.ValueKind == JsonValueKind.String
                    && DateTimeOffset.TryParse(time.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                        ? at
                        : null);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static string? Number(JsonElement references, string kind) =>
        references.ValueKind != JsonValueKind.Object || !references.TryGetProperty(kind, out var value) ? null
        : value.ValueKind == JsonValueKind.Object && value.TryGetProperty("value", out var inner) ? inner.GetString()
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : null;
}

/// <param name="Amount">What the customer owes for it, net of discount and tax.</param>
internal sealed record RequestedLine(string Line, string? Item, decimal? Quantity, decimal Amount)
{
    public string Description => $"{(Quantity is { } quantity ? $"{quantity:0.######} × " : "")}{Item ?? $"line {Line}"}";

    public static RequestedLine Read(JsonElement line) => new(
        Text(line, "line"),
        line.TryGetProperty("item", out var item) && item.ValueKind == JsonValueKind.String ? item.GetString() : null,
        line.TryGetProperty("quantity", out var quantity) && quantity.ValueKind == JsonValueKind.Number ? quantity.GetDecimal() : null,
        line.GetProperty("amount").GetDecimal());

    /// <exception cref="FormatException">It is null or empty.</exception>
    public static string Text(JsonElement from, string name) =>
        from.GetProperty(name).GetString() is { Length: > 0 } text ? text : throw new FormatException($"{name} is empty.");
}
