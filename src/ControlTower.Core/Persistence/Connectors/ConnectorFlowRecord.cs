namespace ControlTower.Core.Persistence.Connectors;

/// <summary>What a node saw of its channel to a connector; each node has its own breaker and its own rate. Instants
/// are system time.</summary>
public sealed class ConnectorFlowRecord
{
    public required string Connector { get; set; }

    public required string Node { get; set; }

    /// <summary>When the node last wrote it; a row that is no longer refreshed is of a node that ended.</summary>
    public DateTimeOffset SeenAt { get; set; }

    public BreakerState Breaker { get; set; }

    public DateTimeOffset? BreakerSince { get; set; }

    public double? RateAllowed { get; set; }

    public double RateUsed { get; set; }

    public int Running { get; set; }

    public int? Concurrency { get; set; }

    public DateTimeOffset? WaitUntil { get; set; }

    public WaitReason Why { get; set; }
}
