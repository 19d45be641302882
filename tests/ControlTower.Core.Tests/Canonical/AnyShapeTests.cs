using System.Text.Json.Nodes;

namespace ControlTower.Core.Tests.Canonical;

/// <summary>A body of a wrong shape becomes a case with its field named: the mapper itself never throws, whatever was sent.</summary>
public class AnyShapeTests
{
    private static readonly string?[] Values = [null, "0", "-1.5", "1e400", "\"\"", "\"text\"", "true", "[]", "[null]", "[[]]", "{}"];

    public static TheoryData<string> Milestones => CompleteBodies.Milestones;

    [Theory]
    [MemberData(nameof(Milestones))]
    public void A_body_of_any_shape_is_mapped_or_refused(string milestone)
    {
        foreach (var path in PathsOf(CompleteBodies.Body(milestone), ""))
        {
            foreach (var value in Values)
            {
                var sent = new JsonObject { ["data"] = CompleteBodies.Body(milestone) };
                sent.Set($"data{path}", value is null ? null : JsonNode.Parse(value));

                var result = CompleteBodies.Map(milestone, sent["data"]!);

                (result.Fact is null).ShouldBe(result.Refusal is not null, $"{path} = {value}");
            }
        }
    }

    /// <summary>The whole body, and every place in it.</summary>
    private static IEnumerable<string> PathsOf(JsonNode node, string path) => node switch
    {
        JsonObject members => members.SelectMany(member => PathsOf(member.Value!, $"{path}/{member.Key}")).Prepend(path),
        JsonArray items => items.SelectMany((item, place) => PathsOf(item!, $"{path}/{place}")).Prepend(path),
        _ => [path],
    };
}
