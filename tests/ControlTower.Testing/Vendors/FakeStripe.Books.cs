using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ControlTower.Integrations.Stripe;

namespace ControlTower.Testing.Vendors;

internal sealed partial class FakeStripe
{
    private static Reply Delete(List<JsonObject> book, string id, Func<JsonObject, bool> mayGo) =>
        Find(book, id) is { } found && mayGo(found) && book.Remove(found)
            ? new Reply(200, new JsonObject { ["id"] = id, ["deleted"] = true }.ToJsonString())
            : Missing("id");

    private static Reply Search(IEnumerable<JsonObject> book, string query)
    {
        var parts = query.Split("\"");
        return new Reply(200, new JsonObject
        {
            ["object"] = "search_result", ["has_more"] = false,
            ["data"] = new JsonArray([
                .. book.Where(item => (string?)item["metadata"]![parts[1]] == parts[3]).Select(item => (JsonNode)item.DeepClone())]),
        }.ToJsonString());
    }

    private static Reply List(IEnumerable<JsonObject> book, PartnerCall call)
    {
        var newestFirst = book.Reverse().ToList();
        var start = call.Of("starting_after") is { } after ? newestFirst.FindIndex(item => (string)item["id"]! == after) + 1 : 0;
        if (start == 0 && call.Of("starting_after") is not null)
        {
            return Missing("starting_after");
        }

        var page = newestFirst.Skip(start).Take(int.Parse(call.Of("limit") ?? "10", CultureInfo.InvariantCulture)).ToList();
        return new Reply(200, new JsonObject
        {
            ["object"] = "list", ["has_more"] = start + page.Count < newestFirst.Count,
            ["data"] = new JsonArray([.. page.Select(item => (JsonNode)item.DeepClone())]),
        }.ToJsonString());
    }

    private static bool IsAskedFor(JsonObject item, PartnerCall call) =>
        (long)item["created"]! >= long.Parse(call.Of("created[gte]")!, CultureInfo.InvariantCulture)
        && (!call.Query.TryGetValue("types[]", out var types) || types.Contains((string)item["type"]!));

    private static JsonObject Metadata(Dictionary<string, string> form) =>
        new(form.Where(field => field.Key.StartsWith("metadata[", StringComparison.Ordinal))
        .Select(field => KeyValuePair.Create(field.Key["metadata[".Length..^1], (JsonNode?)field.Value)));

    private static DateTimeOffset Created(JsonObject item) => DateTimeOffset.FromUnixTimeSeconds((long)item["created"]!);

    private static JsonObject? Find(List<JsonObject> book, string id) => book.Find(item => (string)item["id"]! == id);

    private static Reply Missing(string param) => Error(400, "invalid_request_error", "resource_missing", $"No such {param}", param);

    private static Reply Error(int status, string type, string? code, string message, string? param = null) => new(
        status,
        new JsonObject { ["error"] = new JsonObject { ["type"] = type, ["code"] = code, ["message"] = message, ["param"] = param } }
            .ToJsonString());

    private sealed record Kept(string Asked, Reply Reply, DateTimeOffset At);
}
