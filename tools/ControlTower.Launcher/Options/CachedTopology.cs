using System.Text.Json;
using ControlTower.Launcher.Files;

namespace ControlTower.Launcher.Options;

/// <summary>
/// The landscape of a data folder. Its order book, seed and scenario are fixed at the first start: the books written
/// since then hold only for them, so another landscape needs another folder. The speed may change with every start.
/// </summary>
/// <param name="Orders">The order book's file; null for generated orders.</param>
/// <param name="Speed">Seconds of business time in a second of system time.</param>
public sealed record CachedTopology(string? Orders, string Scenario, int Seed, int Speed)
{
    public const int DefaultSeed = 1;
    public const int DefaultSpeed = 1440;

    /// <summary>Generated orders of a landscape without a file.</summary>
    public const int OrdersCount = 500;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private string Described =>
        $"scenario {Scenario}, {(Orders is null ? $"generated orders of seed {Seed}" : $"orders of {Orders}, seed {Seed}")}";

    /// <summary>The stored landscape with the given options; or the defaults, for a new folder.</summary>
    /// <exception cref="LaunchException">The given options contradict the stored landscape.</exception>
    public static CachedTopology Settle(LaunchOptions options, CachedTopology? remembered, string folder)
    {
        var asked = new CachedTopology(
            options.Orders ?? remembered?.Orders,
            options.Scenario ?? remembered?.Scenario ?? Scenarios.Default,
            options.Seed ?? remembered?.Seed ?? DefaultSeed,
            options.Speed ?? remembered?.Speed ?? DefaultSpeed);
        return remembered is null || asked with { Speed = remembered.Speed } == remembered
            ? asked
            : throw new LaunchException(
                $"The data folder {folder} holds another landscape ({remembered.Described}): leave those options away to continue it, or "
                    + "give a new folder with --data.");
    }

    public static CachedTopology? Read(string file)
    {
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<CachedTopology>(File.ReadAllText(file), Json) : null;
        }
        catch (JsonException)
        {
            // Truncated by a crash before anything else was written: nothing was fixed yet.
            return null;
        }
    }

    public void Write(string file) => WholeFile.Write(file, JsonSerializer.Serialize(this, Json));
}
