using System.Text.Json;
using System.Text.Json.Nodes;

namespace ControlTower.Integrations.Tryton.Documents;

/// <summary>Copies of Tryton's records, reduced to the relevant fields.</summary>
internal static class Rows
{
    /// <summary>
    /// The record with these fields only, as Tryton wrote them. A field of a related record is named by that record:
    /// <c>party.</c>
    /// </summary>
    public static JsonObject Pick(JsonElement row, params ReadOnlySpan<string> fields)
    {
        var picked = new JsonObject();
        foreach (var field in fields)
        {
            if (row.TryGetProperty(field, out var value))
            {
                picked[field] = JsonNode.Parse(value.GetRawText());
            }
        }

        return picked;
    }

    public static JsonArray List(IEnumerable<JsonObject> rows) => new([.. rows]);

    public static Dictionary<long, JsonElement> ById(IEnumerable<JsonElement> rows) =>
        rows.ToDictionary(row => row.GetProperty("id").GetInt64());
}
