using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel.Topology;

namespace ControlTower.Core.Tests.Stories;

/// <summary>Facts as systems report them: each passes through the mapper, as in production.</summary>
internal sealed class StoryFacts(SystemTopology landscape)
{
    private readonly Dictionary<string, int> _sequences = [];

    public static readonly DateTimeOffset Start = new(2026, 5, 1, 8, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset Hour(double hours) => Start.AddHours(hours);

    /// <summary>An event of a connector, without a sequence unless given.</summary>
    public Fact Fact(
        string connector, string milestone, string subject, double hour, object data, long? sequence = null, string? id = null) =>
        Map(connector, Event(connector, milestone, subject, hour, data, sequence, id));

    /// <summary>The next fact of a subject, with a sequence in the order of the calls.</summary>
    public Fact Next(string connector, string milestone, string subject, double hour, object data)
    {
        var key = $"{connector}|{subject}";
        _sequences[key] = _sequences.GetValueOrDefault(key) + 1;
        return Fact(connector, milestone, subject, hour, data, _sequences[key]);
    }

    public Fact Map(string connector, ReadOnlyMemory<byte> json)
    {
        var profile = BuiltInConnectors.Find(connector) ?? landscape.Find(connector)!;
        var result = FactMapper.Map(profile, json, Hour(10_000), landscape);
        return result.Fact ?? throw new InvalidOperationException($"{result.Refusal!.Field}: {result.Refusal.Message}");
    }

    public static byte[] Event(string connector, string milestone, string subject, double hour, object data, long? sequence, string? id)
    {
        var json = new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = id ?? $"{connector}:{subject}:{milestone}:{hour}:{sequence}",
            ["source"] = $"urn:test:{connector}",
            ["type"] = $"tower.{milestone}.v1",
            ["subject"] = subject,
            ["time"] = Hour(hour).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"),
            ["data"] = JsonSerializer.SerializeToNode(data),
        };
        if (sequence is { } number)
        {
            json["sequence"] = number;
        }

        return JsonSerializer.SerializeToUtf8Bytes(json);
    }
}
