namespace ControlTower.EndToEnd.Tests.Landscape;

/// <summary>What the sandbox runs.</summary>
internal sealed record LandscapeOptions
{
    public int Orders { get; init; } = 60;

    public string Scenario { get; init; } = "calm";

    public int Seed { get; init; } = 7;

    /// <summary>Seconds of business time in one of system time: some forty days in twenty seconds.</summary>
    public int Speed { get; init; } = 250_000;

    /// <summary>
    /// Business time between the first order and the start of the clock. What the systems have to report of that time
    /// comes at once.
    /// </summary>
    public TimeSpan HeadStart { get; init; }

    /// <summary>Tower processes on the one database; with several, connections are distributed in turn.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>Share of the COMMITs whose answer is cut off, 0 to 1.</summary>
    public double CommitsCut { get; init; }

    /// <summary>More of the tower's configuration.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    public string? OrdersFile { get; init; }

    public IEnumerable<string> OrderArguments => OrdersFile is { } file ? ["--orders", file] : ["--orders-count", $"{Orders}"];
}
