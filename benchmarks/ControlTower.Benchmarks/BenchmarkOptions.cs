namespace ControlTower.Benchmarks;

/// <summary>What one run measures.</summary>
internal sealed record BenchmarkOptions
{
    /// <summary>One of <see cref="Steps"/>; the first argument.</summary>
    public string Step { get; init; } = "run";

    /// <summary>How long a step with a rate lasts.</summary>
    public int Seconds { get; init; } = 60;

    /// <summary>Orders offered; each has 13 facts and causes commands of its own.</summary>
    public int Orders { get; init; } = 4_000;

    /// <summary>Facts in one signed request.</summary>
    public int Batch { get; init; } = 50;

    /// <summary>Requests under way at once.</summary>
    public int Senders { get; init; } = 4;

    /// <summary>Facts a second offered; 0 offers as fast as they are accepted.</summary>
    public int Rate { get; init; }

    public int Seed { get; init; } = 1;

    /// <summary>Folder of the published tower.</summary>
    public string Web { get; init; } = "artifacts/web";

    public string? Report { get; init; }

    /// <summary>
    /// Folder that <c>lists load</c> filled: the step runs on a copy of its database of <see cref="Transactions"/>
    /// instead of an empty one.
    /// </summary>
    public string? Loaded { get; init; }

    public long Transactions { get; init; } = 1_000_000;

    /// <summary>Folder of the other queues' script; its packages are installed there.</summary>
    public string Queues { get; init; } = "benchmarks/queues";

    /// <summary>Jobs each of the other queues does.</summary>
    public int Jobs { get; init; } = 20_000;

    /// <summary>Tabs in addition to the measured one, each with a circuit of its own.</summary>
    public int Circuits { get; init; } = 100;

    /// <summary>
    /// Whether to print the cost of each database statement for a fact; this itself costs a few per cent.
    /// </summary>
    public bool Statements { get; init; }
}
