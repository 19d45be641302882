using System.ComponentModel.DataAnnotations;

namespace ControlTower.Core.Outbox;

/// <summary>Section <c>Outbox</c>.</summary>
public sealed record OutboxOptions
{
    public const string Section = "Outbox";

    /// <summary>Whether this node sends commands.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How long an attempt is its sender's; after that its outcome is unknown.</summary>
    [Range(5, 600)]
    public int LeaseSeconds { get; init; } = 30;

    /// <summary>How long the dispatcher waits before it polls.</summary>
    [Range(10, 1000)]
    public int PollMilliseconds { get; init; } = 100;

    /// <summary>Most commands in one claim.</summary>
    [Range(1, 500)]
    public int ClaimSize { get; init; } = 64;

    /// <summary>Most outcomes written in one transaction.</summary>
    [Range(1, 1000)]
    public int SettleSize { get; init; } = 256;

    /// <summary>Unknown outcomes of one command before a person has to check.</summary>
    [Range(1, 100)]
    public int UnknownBeforePerson { get; init; } = 10;

    /// <summary>
    /// How long after an attempt a look-up that finds nothing proves nothing; a connector may set its own time.
    /// </summary>
    [Range(1, 86_400)]
    public int SettleSeconds { get; init; } = 60;

    /// <summary>Look-ups without a result before a person has to check.</summary>
    [Range(1, 100)]
    public int LookupsBeforePerson { get; init; } = 10;

    /// <summary>How often a failing connector without waiting commands is tried.</summary>
    [Range(1, 3600)]
    public int ProbeSeconds { get; init; } = 15;

    /// <summary>First wait before another try; it doubles.</summary>
    [Range(1, 60_000)]
    public int BackoffMilliseconds { get; init; } = 1000;

    /// <summary>Longest such wait.</summary>
    [Range(1, 3600)]
    public int LongestBackoffSeconds { get; init; } = 300;
}
