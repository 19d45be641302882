using ControlTower.Core.Kernel;

namespace ControlTower.Core.Facts;

/// <summary>
/// One thing that a system or a person reported, mapped to the canonical model: a snapshot, never a delta. Immutable
/// and pure data.
/// </summary>
public sealed record Fact
{
    /// <summary>Name of the connector that reported it (<c>tower</c> and <c>people</c> for the tower's own).</summary>
    public required string Connector { get; init; }

    /// <summary>Role of that connector when it reported it; decides between owner and witness.</summary>
    public required string Role { get; init; }

    public required string Source { get; init; }

    public required string Id { get; init; }

    /// <summary>One of <see cref="Milestones"/>.</summary>
    public required string Milestone { get; init; }

    /// <summary>The sender's number of the document it is about.</summary>
    public required string Subject { get; init; }

    /// <summary>Rises per connector and subject; null where the sender keeps none.</summary>
    public long? Sequence { get; init; }

    /// <summary>When it happened: UTC, cut to microseconds.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The sender gave no time and <see cref="Time"/> is that of receipt.</summary>
    public bool TimeIsReceipt { get; init; }

    /// <summary><see cref="Time"/> lies more than ten minutes after receipt.</summary>
    public bool TimeIsAhead { get; init; }

    /// <summary>SHA-256 (lower-case hex) of the content that counts: milestone, subject, references and data in canonical JSON.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Every link it names, its own subject included.</summary>
    public IReadOnlyList<Reference> References { get; init; } = [];

    /// <summary>Facts of the same connector that it retracts.</summary>
    public IReadOnlyList<RetractedFact> Retracts { get; init; } = [];

    public required FactData Data { get; init; }
}

/// <summary>Names a fact that its sender retracts.</summary>
public sealed record RetractedFact(string Source, string Id);
