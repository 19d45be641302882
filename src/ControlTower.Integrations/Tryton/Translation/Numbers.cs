using System.Text.Json;
using System.Text.Json.Nodes;

namespace ControlTower.Integrations.Tryton.Translation;

/// <summary>Document numbers with the connector that owns them, where the settings name it: Tryton counts from 1, as others do.</summary>
internal sealed record Numbers(string? Erp, string? Wms, string? Billing)
{
    public static Numbers From(JsonElement settings) => new(Name(settings, "erp"), Name(settings, "wms"), Name(settings, "billing"));

    public JsonNode Order(string number) => From(Erp, number);

    public JsonNode Shipment(string number) => From(Wms, number);

    public JsonNode Invoice(string number) => From(Billing, number);

    private static string? Name(JsonElement settings, string role) =>
        settings.ValueKind == JsonValueKind.Object && settings.TryGetProperty(role, out var name) && name.ValueKind == JsonValueKind.String
            ? name.GetString()
            : null;

    private static JsonNode From(string? system, string number) =>
        system is null ? number : new JsonObject { ["system"] = system, ["value"] = number };
}
