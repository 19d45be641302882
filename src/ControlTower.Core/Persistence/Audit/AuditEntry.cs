namespace ControlTower.Core.Persistence.Audit;

/// <summary>
/// An action with its actor. Written with the action in its transaction, unsealed; a sealer links it into its chain
/// within a second.
/// </summary>
public sealed class AuditEntry
{
    public long Id { get; set; }

    /// <summary>Several chains, so that sealing does not serialise the engine.</summary>
    public short Chain { get; set; }

    /// <summary>Position in the chain; null until sealed.</summary>
    public long? Sequence { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>User name, API key name or <c>tower</c>.</summary>
    public required string Actor { get; set; }

    /// <summary>person, api-key or tower.</summary>
    public required string ActorKind { get; set; }

    /// <summary>What was done: <c>command.wanted</c>, <c>case.replayed</c>, <c>approval.approved</c>, <c>policy.changed</c>, …</summary>
    public required string Act { get; set; }

    public required string ObjectType { get; set; }

    public required string ObjectKey { get; set; }

    public string? TransactionKey { get; set; }

    public string? Reason { get; set; }

    public string? Before { get; set; }

    public string? After { get; set; }

    public byte[]? PreviousHash { get; set; }

    public byte[]? Hash { get; set; }
}
