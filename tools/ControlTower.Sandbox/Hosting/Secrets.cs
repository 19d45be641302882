using System.Text.Json;
using ControlTower.Sandbox.Wire;

namespace ControlTower.Sandbox.Hosting;

/// <summary>The secrets of each connector, made once per data folder and readable by their owner only.</summary>
internal sealed class Secrets
{
    public const string FileName = "secrets.json";

    private readonly Dictionary<string, Pair> _pairs;

    private Secrets(Dictionary<string, Pair> pairs) => _pairs = pairs;

    public static Secrets Open(string data, IEnumerable<string> connectors)
    {
        var path = Path.Combine(data, FileName);
        var pairs = File.Exists(path)
            ? JsonSerializer.Deserialize<Dictionary<string, Pair>>(File.ReadAllBytes(path), Json.Options)!
            : new Dictionary<string, Pair>(StringComparer.Ordinal);
        var before = pairs.Count;
        foreach (var connector in connectors)
        {
            pairs.TryAdd(connector, new Pair(StandardWebhooks.NewSecret(), StandardWebhooks.NewSecret()));
        }

        if (pairs.Count > before)
        {
            AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(pairs, Json.Options), secret: true);
        }

        return new Secrets(pairs);
    }

    public Pair Of(string connector) => _pairs[connector];

    /// <param name="Inbound">Signs what is sent to the tower.</param>
    /// <param name="Outbound">Signs what the tower sends.</param>
    internal sealed record Pair(string Inbound, string Outbound);
}
