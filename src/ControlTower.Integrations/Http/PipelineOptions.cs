using System.ComponentModel.DataAnnotations;
using ControlTower.Core.Persistence.Connectors;

namespace ControlTower.Integrations.Http;

/// <summary>
/// Section <c>Connectors:Pipeline</c>: how one connector's pipeline behaves. The rates come from its registration, the
/// rest has one default for all.
/// </summary>
public sealed record PipelineOptions
{
    public const string Section = "Connectors:Pipeline";

    /// <summary>
    /// One send, from connecting to the answer's last byte, repeats included; must be below half of
    /// <c>Outbox:LeaseSeconds</c>.
    /// </summary>
    [Range(1, 299)]
    public int TimeoutSeconds { get; init; } = 10;

    /// <summary>Concurrent sends to a connector that states no limit.</summary>
    [Range(1, 1000)]
    public int DefaultConcurrency { get; init; } = 32;

    /// <summary>Repeats, within one attempt, of what never left.</summary>
    [Range(0, 10)]
    public int RepeatsOfNotSent { get; init; } = 2;

    /// <summary>Failed sends in ten seconds, and half of all, that open the breaker.</summary>
    [Range(2, 1000)]
    public int BreakerFailures { get; init; } = 5;

    /// <summary>How long an open breaker waits.</summary>
    [Range(1, 3600)]
    public int BreakSeconds { get; init; } = 5;

    /// <summary>How long commands wait after the target refused our credentials.</summary>
    [Range(1, 3600)]
    public int UnauthorisedSeconds { get; init; } = 30;

    /// <summary>How long to wait on 429 without Retry-After.</summary>
    [Range(1, 3600)]
    public int ThrottledSeconds { get; init; } = 5;

    /// <summary>Longest Retry-After that is accepted.</summary>
    [Range(1, 86_400)]
    public int LongestRetryAfterSeconds { get; init; } = 3600;

    // Not settings: sends per second and at once, from the registration; null for unlimited and for the default.
    public int? PerSecond { get; internal init; }

    public int? Concurrency { get; internal init; }

    public PipelineOptions For(ConnectorRecord connector) =>
        this with { PerSecond = connector.RatePerSecond, Concurrency = connector.Concurrency };

    /// <summary>A time-out that the lease could not cover.</summary>
    internal IEnumerable<string> FindErrors(int leaseSeconds)
    {
        if (TimeoutSeconds * 2 >= leaseSeconds)
        {
            yield return $"{Section}:TimeoutSeconds: '{TimeoutSeconds}' is not below half of Outbox:LeaseSeconds, "
                + $"which is {leaseSeconds}; lower it, or raise the lease.";
        }
    }
}
