using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Web.Features.Exceptions;

namespace ControlTower.Web.Features.Approvals;

/// <summary>A request as lists show it. Times are business time.</summary>
public sealed record ApprovalRow(
    long Id,
    ApprovalState State,
    string Kind,
    string Transaction,
    string Document,
    string? Shipment,
    string Customer,
    decimal Amount,
    string Currency,
    string? Site,
    string LegalEntity,
    string Reason,
    string RequestedBy,
    DateTimeOffset RequestedAt,
    DateTimeOffset ExpiresAt,
    string? DecidedBy,
    DateTimeOffset? DecidedAt,
    string? Comment,
    long? ExceptionId);

/// <summary>A request with what is needed to decide on it.</summary>
/// <param name="Evidence">What the policy requires and what was there at the request.</param>
/// <param name="EvidenceNow">The same as of now; null when the hold no longer exists.</param>
/// <param name="ContentHash">Hash of exactly the invoice that would go out.</param>
/// <param name="IsStillValid">The hold is still active over the same content and amount, under the same policy.</param>
public sealed record ApprovalDetail(
    ApprovalRow Row,
    IReadOnlyList<EvidenceItem> Evidence,
    IReadOnlyList<EvidenceItem>? EvidenceNow,
    string ContentHash,
    long PolicyVersion,
    bool IsStillValid,
    string? HoldReason,
    AvailableAction Approve,
    AvailableAction Reject);
