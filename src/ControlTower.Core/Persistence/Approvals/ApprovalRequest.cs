namespace ControlTower.Core.Persistence.Approvals;

/// <summary>A release request: bound to exactly one content, amount and policy version; a change voids it.</summary>
public sealed class ApprovalRequest
{
    public long Id { get; set; }

    public long TransactionId { get; set; }

    public long? CaseId { get; set; }

    /// <summary>invoice-release.</summary>
    public required string Kind { get; set; }

    public required string Document { get; set; }

    public string? Part { get; set; }

    public required string ContentHash { get; set; }

    public decimal Amount { get; set; }

    public required string Currency { get; set; }

    public long PolicyVersion { get; set; }

    public string? Site { get; set; }

    public required string LegalEntity { get; set; }

    public required string Reason { get; set; }

    /// <summary>List of evidence items as JSON, as they were when it was requested.</summary>
    public required string Evidence { get; set; }

    public long RequestedById { get; set; }

    public required string RequestedBy { get; set; }

    /// <summary>Business time.</summary>
    public DateTimeOffset RequestedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public ApprovalState State { get; set; }

    public long? DecidedById { get; set; }

    public string? DecidedBy { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    public string? Comment { get; set; }

    public int Version { get; set; }
}

public enum ApprovalState : short
{
    Pending = 0,
    Approved = 1,
    Rejected = 2,

    /// <summary>What it was bound to changed or went away.</summary>
    Void = 3,
    Expired = 4,
}
