using ControlTower.Core.Persistence.Connectors;

namespace ControlTower.Integrations.Http;

/// <summary>How one connector's pipeline behaves; the rates come from its registration, the rest has one default for all.</summary>
public sealed record PipelineOptions
{
    /// <summary>
    /// From the first dialling to the answer's last byte, repeats of what was not sent included. Must stay below half
    /// the lease.
    /// </summary>
    public int TimeoutSeconds { get; init; } = 10;

    /// <summary>Sends under way at once when the registration states no limit.</summary>
    public int DefaultConcurrency { get; init; } = 32;

    /// <summary>Repeats of what was not sent, within the one attempt.</summary>
    public int RepeatsOfNotSent { get; init; } = 2;

    /// <summary>The breaker opens when at least this many sends of the last ten seconds failed, and half of all.</summary>
    public int BreakerFailures { get; init; } = 5;

    /// <summary>How long an open breaker waits before a single send tries the target.</summary>
    public int BreakSeconds { get; init; } = 5;

    /// <summary>How long commands wait after the target refused our credentials, before a single send tries again.</summary>
    public int UnauthorisedSeconds { get; init; } = 30;

    /// <summary>How long to wait on 429 without Retry-After.</summary>
    public int ThrottledSeconds { get; init; } = 5;

    /// <summary>The longest Retry-After that is believed, in seconds.</summary>
    public int LongestRetryAfterSeconds { get; init; } = 3600;

    /// <summary>Sends per second; null for unlimited.</summary>
    public int? PerSecond { get; init; }

    public int? Concurrency { get; init; }

    public PipelineOptions For(ConnectorRecord connector) =>
        this with { PerSecond = connector.RatePerSecond, Concurrency = connector.Concurrency };
}
