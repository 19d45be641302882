namespace ControlTower.EndToEnd.Tests.Landscape;

/// <summary>What the sandbox plays.</summary>
internal sealed record LandscapeOptions
{
    public int Orders { get; init; } = 60;

    public string Scenario { get; init; } = "calm";

    public int Seed { get; init; } = 7;

    /// <summary>Seconds of business time in one of system time: some forty days in twenty seconds.</summary>
    public int Speed { get; init; } = 200_000;

    public string? OrdersFile { get; init; }

    public IEnumerable<string> OrderArguments => OrdersFile is { } file ? ["--orders", file] : ["--orders-count", $"{Orders}"];
}
