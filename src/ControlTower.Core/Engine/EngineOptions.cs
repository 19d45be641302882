using System.ComponentModel.DataAnnotations;

namespace ControlTower.Core.Engine;

/// <summary>Section <c>Engine</c>.</summary>
public sealed record EngineOptions
{
    public const string Section = "Engine";

    /// <summary>Facts in one transaction.</summary>
    [Range(1, 5000)]
    public int BatchSize { get; init; } = 4000;

    /// <summary>
    /// Workers of this node; 0 leaves the work to others; more than one wait for each other where facts of the same
    /// orders arrive together.
    /// </summary>
    [Range(0, 16)]
    public int Workers { get; init; } = 1;

    // A cycle costs some twenty statements however few facts it has, and writes an order's row once for all of them.

    /// <summary>
    /// The longest that facts gather after a batch that was not full; twice as long as the batch took, but 20 ms at
    /// least.
    /// </summary>
    [Range(0, 1000)]
    public int GatherMilliseconds { get; init; } = 600;

    /// <summary>How long an idle worker waits before it polls.</summary>
    [Range(10, 250)]
    public int PollMilliseconds { get; init; } = 250;

    /// <summary>How often due clocks are processed.</summary>
    [Range(50, 10_000)]
    public int ClockMilliseconds { get; init; } = 500;

    /// <summary>Longest wait of a batch after a database error.</summary>
    [Range(1, 60)]
    public int BackoffSeconds { get; init; } = 5;
}
