using System.Text.Json.Nodes;

namespace ControlTower.Integrations.Tests.Connectors.Contracts;

/// <summary>
/// Variants of an event: with one field more, less, or of another type. The envelope's own fields are checked by the
/// inbox and stay.
/// </summary>
internal static class Mutations
{
    private static readonly JsonNode?[] OtherTypes = [
        JsonValue.Create(true), new JsonObject { ["a"] = 1 }, new JsonArray(1), JsonValue.Create("\u2603"), JsonValue.Create(-7.5)];

    public static IEnumerable<(string Place, string Json)> AddedFields(string sample, Func<string, bool> isOpenEnded) =>
        Places(sample, node => node is JsonObject && !isOpenEnded(node.GetPath()))
            .Select(path => Change(path, sample, node => ((JsonObject)node!)["brandNew"] = new JsonObject { ["x"] = 1 }));

    public static IEnumerable<(string Place, string Json)> RemovedFields(string sample) =>
        Places(sample, node => node?.Parent is JsonObject && node.GetPath() != "$.data")
            .Select(path => Change(path, sample, node => ((JsonObject)node!.Parent!).Remove(node.GetPropertyName())));

    public static IEnumerable<(string Place, string Json)> ChangedTypes(string sample) =>
        Places(sample, node => node is not null).SelectMany(
            path => OtherTypes.Select(other => Change(path, sample, node => node!.ReplaceWith(other?.DeepClone()))));

    private static (string Place, string Json) Change(string path, string sample, Action<JsonNode?> change)
    {
        var root = JsonNode.Parse(sample)!;
        change(Walk(root["data"]).Single(node => node?.GetPath() == path));
        var json = root.ToJsonString();
        return ($"{path} in {json}", json);
    }

    private static List<string> Places(string sample, Func<JsonNode?, bool> isWanted) =>
        [.. Walk(JsonNode.Parse(sample)!["data"]).Where(isWanted).Where(node => node is not null).Select(node => node!.GetPath())];

    private static IEnumerable<JsonNode?> Walk(JsonNode? node) => node switch
    {
        JsonObject inner => inner.Select(member => member.Value).SelectMany(Walk).Prepend(node),
        JsonArray list => list.SelectMany(Walk).Prepend(node),
        _ => [node],
    };
}
