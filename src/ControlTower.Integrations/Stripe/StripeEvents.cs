using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Core.Connectors.Translating;
using ControlTower.Core.Facts;

namespace ControlTower.Integrations.Stripe;

/// <summary>
/// Events of Stripe as the inbox keeps them. Of an invoice those parts are kept that describe what happened and never
/// change again, under an id made of them: the response to a command, the webhook and the poll report one thing with
/// different wrapping, and are duplicates of each other.
/// </summary>
internal static class StripeEvents
{
    public const string Type = "stripe.event.v1";
    public const string Source = "urn:stripe";
    public const string Finalized = "invoice.finalized";
    public const string FinalizationFailed = "invoice.finalization_failed";
    public const string Voided = "invoice.voided";
    public const string Paid = "invoice.paid";

    /// <summary>What the poll requests. More can come by webhooks, and is recorded as of no interest.</summary>
    public static IReadOnlyList<string> OfInterest { get; } = [Finalized, FinalizationFailed, Voided, Paid];

    private static readonly string[] OfEveryInvoice = ["id", "object", "number", "currency", "customer", "metadata"];

    private static readonly Dictionary<string, string[]> Parts = new(StringComparer.Ordinal)
    {
        [Finalized] = ["subtotal", "subtotal_excluding_tax", "total", "total_excluding_tax", "total_taxes", "tax"],
        [FinalizationFailed] = ["last_finalization_error"],
        [Voided] = [],
        [Paid] = ["amount_paid"],
    };

    private static readonly Dictionary<string, string> TimestampFields = new(StringComparer.Ordinal)
    {
        [Finalized] = "finalized_at", [Voided] = "voided_at", [Paid] = "paid_at",
    };

    /// <param name="event">An Event object of Stripe.</param>
    public static byte[] From(JsonElement @event)
    {
        var type = StripeJson.Text(@event, "type") ?? "";
        var about = StripeJson.Member(StripeJson.Member(@event, "data"), "object");
        if (Parts.ContainsKey(type) && about.ValueKind == JsonValueKind.Object)
        {
            return OfInvoice(type, about, StripeJson.Member(@event, "created"));
        }

        var data = new JsonObject
        {
            ["event"] = Copy(@event, "type"), ["id"] = Copy(@event, "id"), ["created"] = Copy(@event, "created"),
            ["object"] = new JsonObject { ["id"] = Copy(about, "id"), ["object"] = Copy(about, "object") },
        };
        return Write(StripeJson.Text(@event, "id"), data);
    }

    /// <param name="reported">
    /// When Stripe reported it; used where the invoice itself has no time for what happened.
    /// </param>
    public static byte[] OfInvoice(string type, JsonElement invoice, JsonElement reported = default)
    {
        var copy = new JsonObject();
        foreach (var name in OfEveryInvoice.Concat(Parts[type])
            .Where(name => StripeJson.Member(invoice, name).ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null)))
        {
            copy[name] = Copy(invoice, name);
        }

        var data = new JsonObject { ["event"] = type, ["object"] = copy };
        if (TimestampFields.TryGetValue(type, out var timestamp)
            && Copy(StripeJson.Member(invoice, "status_transitions"), timestamp) is { } at)
        {
            data["at"] = at;
        }
        else if (reported.ValueKind == JsonValueKind.Number)
        {
            data["at"] = JsonNode.Parse(reported.GetRawText());
        }

        if (type == Finalized && Lines(invoice) is { } lines)
        {
            copy["lines"] = lines;
        }

        return Write(StripeJson.NumberOf(invoice), data);
    }

    /// <summary>
    /// The lines, where all of them are there; Stripe includes ten in an invoice and the rest must be requested.
    /// </summary>
    private static JsonArray? Lines(JsonElement invoice)
    {
        var list = StripeJson.Member(invoice, "lines");
        if (StripeJson.Member(list, "data") is not { ValueKind: JsonValueKind.Array } lines || StripeJson.Member(list, "has_more")
            .ValueKind == JsonValueKind.True)
        {
            return null;
        }

        return [.. lines.EnumerateArray().OrderBy(line => StripeJson.Metadata(line, StripeKeys.Line), StringComparer.Ordinal)
            .Select(line => (JsonNode)new JsonObject
        {
            ["amount"] = Copy(line, "amount"), ["description"] = Copy(line, "description"), ["metadata"] = Copy(line, "metadata"),
        })];
    }

    private static byte[] Write(string? subject, JsonObject data)
    {
        var content = CanonicalJson.Write(Encoding.UTF8.GetBytes(data.ToJsonString()));
        return VendorEvent.Json(Source, VendorEvent.IdOf(Type, Encoding.UTF8.GetString(content)), Type, subject, content);
    }

    private static JsonNode? Copy(JsonElement from, string name) =>
        StripeJson.Member(from, name) is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } value
            ? JsonNode.Parse(value.GetRawText())
            : null;
}
