using System.Text.Json.Serialization;
using ControlTower.Core.Facts;

namespace ControlTower.Core.Processes.SalesOrders;

public sealed class CommandView
{
    public required string Key { get; init; }

    public required string Series { get; init; }

    public required string Kind { get; init; }

    public required string Document { get; init; }

    public string? Part { get; init; }

    public required int Number { get; init; }

    public CommandOutcome Outcome { get; internal set; }

    /// <summary>A person requested another try.</summary>
    public bool IsReplayed { get; internal set; }

    public string? ContentHash { get; internal set; }

    public string? ExternalId { get; internal set; }

    public string? Code { get; internal set; }

    public string? Reason { get; internal set; }

    /// <summary>When its outcome became known.</summary>
    public DateTimeOffset At { get; internal set; }

    public IReadOnlyList<FactLine>? Lines { get; internal set; }

    public decimal? Net { get; internal set; }

    public string? Stage { get; internal set; }

    /// <summary>The system whose number <see cref="ExternalId"/> is.</summary>
    public string? System { get; internal set; }

    internal IReadOnlyList<Reference>? References { get; set; }

    /// <summary>Its target reports that it had no effect.</summary>
    internal void Fail(StateEntry entry)
    {
        Outcome = CommandOutcome.Failed;
        Code = entry.Data.Code ?? entry.Data.Command?.Code;
        Reason = entry.Data.Reason ?? entry.Data.Command?.Reason;
        At = entry.Time;
    }
}

/// <summary>The outcome of a command, as far as it is known.</summary>
public enum CommandOutcome
{
    /// <summary>May or may not have had its effect.</summary>
    Unknown,

    /// <summary>Never had an effect.</summary>
    Absent,

    /// <summary>Rejected, without effect.</summary>
    Rejected,

    /// <summary>Accepted, and later reported as impossible: without effect.</summary>
    Failed,
    Accepted,
}

/// <summary>What one system last reported of the order.</summary>
/// <param name="LastStatus">Milestone it reported last.</param>
/// <param name="Measure">What the quantity and the amount are: ordered or posted (ERP), shipped (WMS), delivered (TMS,
/// carrier), invoiced (billing); null without either.</param>
/// <param name="Quantity">Total quantity of that, in pieces of the order's lines.</param>
/// <param name="Amount">Net amount of that.</param>
/// <param name="Differs">It disagrees with the owner of the figure.</param>
public sealed record TruthRow(
    string System, string Role, string LastStatus, string? Measure, decimal? Quantity, decimal? Amount,
    [property: JsonPropertyName("lastHeard")] DateTimeOffset LastReportAt,
    bool Differs);

/// <summary>What a figure of the truth table measures: figures are only compared with figures of the same meaning.</summary>
public static class Measures
{
    public const string Ordered = "ordered";
    public const string Shipped = "shipped";
    public const string Delivered = "delivered";
    public const string Invoiced = "invoiced";
    public const string Posted = "posted";
}
