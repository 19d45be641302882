using ControlTower.Core.Canonical;
using ControlTower.Core.Connectors;

namespace ControlTower.Core.Transactions;

public sealed class CommandView
{
    public required string Key { get; init; }

    public required string Stem { get; init; }

    public required string Kind { get; init; }

    public required string Document { get; init; }

    public string? Slice { get; init; }

    public required int Number { get; init; }

    public CommandOutcome Outcome { get; internal set; }

    /// <summary>A person asked to try it again.</summary>
    public bool IsReplayed { get; internal set; }

    public string? ContentHash { get; internal set; }

    public string? ExternalId { get; internal set; }

    public string? Code { get; internal set; }

    public string? Reason { get; internal set; }

    /// <summary>When its outcome was settled.</summary>
    public DateTimeOffset At { get; internal set; }

    public IReadOnlyList<FactLine>? Lines { get; internal set; }

    public decimal? Net { get; internal set; }

    public string? Stage { get; internal set; }

    /// <summary>The system whose number <see cref="ExternalId"/> is.</summary>
    public string? System { get; internal set; }

    internal IReadOnlyList<Reference>? References { get; set; }
}

/// <summary>What became of a command, as far as it is settled.</summary>
public enum CommandOutcome
{
    /// <summary>May or may not have had its effect.</summary>
    Unknown,

    /// <summary>Never had an effect.</summary>
    Absent,

    /// <summary>Refused, without effect.</summary>
    Rejected,

    /// <summary>Taken, and later said to be impossible: without effect.</summary>
    Failed,
    Accepted,
}

/// <summary>What one system last said of the order.</summary>
/// <param name="LastStatus">Milestone it stated last.</param>
/// <param name="Quantity">Total quantity of the furthest thing it knows: ordered, shipped, delivered.</param>
/// <param name="Amount">Net amount it knows: ordered, invoiced, posted.</param>
/// <param name="Differs">It disagrees with the owner of what it speaks of.</param>
public sealed record TruthRow(
    string System, string Role, string LastStatus, decimal? Quantity, decimal? Amount, DateTimeOffset LastHeard, bool Differs);
