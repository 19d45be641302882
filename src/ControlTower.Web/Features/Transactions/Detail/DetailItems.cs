using System.Text.Json;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Outbox;

namespace ControlTower.Web.Features.Transactions.Detail;

/// <param name="TimeZone">IANA name.</param>
public sealed record SiteItem(string Code, string Name, string TimeZone);

/// <summary>A fact of the transaction's history.</summary>
/// <param name="Time">Business time at which it happened.</param>
/// <param name="RecordedAt">System time at which it was merged.</param>
/// <param name="Witness">Reported by a system that does not own the milestone: shown, never counted.</param>
public sealed record EventItem(
    long Id,
    string Milestone,
    string Connector,
    string Subject,
    long? Sequence,
    DateTimeOffset Time,
    DateTimeOffset RecordedAt,
    bool Witness,
    bool Retracted,
    string? EventId);

/// <summary>An event as it was sent, and as the tower understood it.</summary>
public sealed record EventPayload(
    long Id, string Type, string Connector, string Source, string EventId, InboxState State, JsonElement Payload, JsonElement Fact);

/// <summary>A command as it is sent; equal for every attempt.</summary>
public sealed record CommandPayload(long Id, string Key, string Connector, JsonElement Payload);

public sealed record CommandItem(
    long Id,
    string Key,
    string Kind,
    string Connector,
    string? Site,
    CommandState State,
    decimal? Amount,
    string? Currency,
    DateTimeOffset CreatedAt,
    DateTimeOffset DueAt,
    DateTimeOffset? SettledAt,
    string? ExternalId,
    string? ErrorCode,
    string? ErrorDetail,
    IReadOnlyList<AttemptItem> Attempts);

public sealed record AttemptItem(
    int Number, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, AttemptOutcome Outcome, int? HttpStatus, string? Detail);

/// <param name="Kind">commercial or billing.</param>
/// <param name="Stops">release, shipment, invoice or posting.</param>
/// <param name="Owner">The team that owns it; null for a hold of the ERP, which is lifted there.</param>
/// <param name="ContentHash">Hash of exactly the invoice that a release would send.</param>
public sealed record HoldItem(
    long Id,
    string Key,
    string Kind,
    string Stops,
    string Code,
    string Reason,
    string Document,
    string? Shipment,
    decimal? Amount,
    string? Currency,
    DateTimeOffset Since,
    DateTimeOffset? ClosedAt,
    IReadOnlyList<EvidenceLine> Evidence,
    string? Owner = null,
    string? ContentHash = null);

public sealed record EvidenceLine(string Milestone, string Needed, bool Present, DateTimeOffset? At, string? Connector, decimal? Quantity);

public sealed record CaseItem(
    long Id,
    CaseState State,
    string ReasonCode,
    string Team,
    string? Assignee,
    string Message,
    decimal? AmountAtRisk,
    string? Currency,
    DateTimeOffset OpenedAt,
    DateTimeOffset DueAt,
    DateTimeOffset? ResolvedAt,
    string? Resolution);

public sealed record ApprovalItem(
    long Id,
    ApprovalState State,
    string Kind,
    string? Shipment,
    decimal Amount,
    string Currency,
    string Reason,
    string RequestedBy,
    DateTimeOffset RequestedAt,
    DateTimeOffset ExpiresAt,
    string? DecidedBy,
    DateTimeOffset? DecidedAt,
    string? Comment);

public sealed record AuditItem(
    long Id, DateTimeOffset At, string Actor, string ActorKind, string Act, string ObjectType, string ObjectKey, string? Reason);

/// <summary>What this actor could do here.</summary>
/// <param name="Act">request-release, …</param>
/// <param name="About">The document it is about, where there are several.</param>
/// <param name="WhyNot">Why it is not possible now, in one sentence; null when it is.</param>
public sealed record PossibleAction(string Act, string Title, string? About, bool Possible, string? WhyNot);

/// <summary>A document of the order and the one it came from.</summary>
/// <param name="Kind">order, fulfilment, shipment, pod, goodsIssue, invoice or posting.</param>
/// <param name="Parents">Ids of the documents it came from; several where documents merge.</param>
public sealed record DocumentNode(
    string Id, string Kind, string Number, string? System, string? Status, string? Site, decimal? Amount, IReadOnlyList<string> Parents);

/// <summary>A number under which the order is known.</summary>
public sealed record DocumentLink(string Kind, string System, string Value);
