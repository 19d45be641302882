using System.Text.Json.Nodes;

namespace ControlTower.Core.Tests.Canonical;

/// <summary>Changes one place of a JSON document, named as <c>order/lines/0/amount</c>.</summary>
internal static class JsonEdits
{
    public static void Set(this JsonNode node, string path, JsonNode? value)
    {
        var (parent, last) = Find(node, path);
        if (parent is JsonArray items)
        {
            items[int.Parse(last)] = value;
        }
        else
        {
            parent[last] = value;
        }
    }

    public static void Remove(this JsonNode node, string path)
    {
        var (parent, last) = Find(node, path);
        parent.AsObject().Remove(last).ShouldBeTrue($"{path} is not there");
    }

    /// <summary>The same place as a refusal names it: <c>order.lines[0].amount</c>.</summary>
    public static string FieldOf(string path) => string.Concat(path.Split('/').Select((step, place) =>
        int.TryParse(step, out _) ? $"[{step}]" : place == 0 ? step : $".{step}"));

    private static (JsonNode Parent, string Last) Find(JsonNode node, string path)
    {
        var steps = path.Split('/');
        foreach (var step in steps[..^1])
        {
            node = int.TryParse(step, out var index) ? node[index]! : node[step]!;
        }

        return (node, steps[^1]);
    }
}
