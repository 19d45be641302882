namespace ControlTower.Core.Engine;

/// <summary>Section <c>Engine</c>.</summary>
public sealed record EngineOptions
{
    public const string Section = "Engine";

    /// <summary>Messages in one cycle, 1 to 5000.</summary>
    public int BatchSize { get; init; } = 4000;

    /// <summary>
    /// Workers in this process, 0 to 16; 0 leaves the work to other nodes. One is best where facts of the same orders arrive close together: two would wait for
    /// each other's rows.
    /// </summary>
    public int Workers { get; init; } = 1;

    /// <summary>
    /// The longest that a worker lets facts gather after a cycle that was not full, 0 to 1000; it is twice as long as the cycle took, so that little work waits little. A cycle costs some
    /// twenty statements however few facts it has, and an order's row is written once a cycle however many facts speak of it.
    /// </summary>
    public int GatherMilliseconds { get; init; } = 600;

    /// <summary>How long an idle worker waits for a signal before it looks by itself, 10 to 250.</summary>
    public int PollMilliseconds { get; init; } = 250;

    /// <summary>How often due clocks and parked messages are looked after, 50 to 10,000.</summary>
    public int ClockMilliseconds { get; init; } = 500;

    /// <summary>Most seconds that a batch waits after a error of the database, 1 to 60.</summary>
    public int BackoffSeconds { get; init; } = 5;
}
