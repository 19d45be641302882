namespace ControlTower.Core.Outbox;

/// <summary>Section <c>Outbox</c>.</summary>
public sealed record OutboxOptions
{
    public const string Section = "Outbox";

    /// <summary>Whether this node sends commands; false leaves them to other nodes.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How long an attempt is its sender's, 5 to 600. After that it is in doubt. More than twice the connectors' time-out.</summary>
    public int LeaseSeconds { get; init; } = 30;

    /// <summary>How long the dispatcher waits for a signal before it looks by itself, 10 to 1000.</summary>
    public int PollMilliseconds { get; init; } = 100;

    /// <summary>Most commands that one claim takes, 1 to 500.</summary>
    public int ClaimSize { get; init; } = 64;

    /// <summary>Most outcomes that are written in one transaction, 1 to 1000.</summary>
    public int SettleSize { get; init; } = 256;

    /// <summary>Sends with an unknown outcome after which a command is parked for a person, 1 to 100.</summary>
    public int UnknownBeforeParking { get; init; } = 10;

    /// <summary>How long after an attempt a look-up that finds nothing proves nothing, in seconds, 1 to 86,400; a connector may know better.</summary>
    public int SettleSeconds { get; init; } = 60;

    /// <summary>Look-ups in a row that could not tell, after which a command is parked for a person, 1 to 100.</summary>
    public int LookupsBeforeParking { get; init; } = 10;

    /// <summary>How often a connector in trouble for which nothing waits is tried, in seconds, 1 to 3600.</summary>
    public int ProbeSeconds { get; init; } = 15;

    /// <summary>First wait before an unknown or unsent command is tried again, 1 to 60,000; it doubles each time.</summary>
    public int BackoffMilliseconds { get; init; } = 1000;

    /// <summary>Longest such wait, 1 to 3600.</summary>
    public int LongestBackoffSeconds { get; init; } = 300;
}
