using System.Text.Json;

namespace ControlTower.Integrations.Stripe;

/// <summary>Members of Stripe's objects.</summary>
internal static class StripeJson
{
    public static string? Text(JsonElement from, string name) =>
        Member(from, name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;

    public static string? Metadata(JsonElement from, string name) => Text(Member(from, "metadata"), name);

    public static JsonElement Member(JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var value) ? value : default;

    /// <summary>The number that customers know an invoice by; drafts have none and go by their id.</summary>
    public static string? NumberOf(JsonElement invoice) => Text(invoice, "number") ?? Text(invoice, "id");

    public static bool IsDraft(JsonElement invoice) => Text(invoice, "status") is null or "draft";
}
