using System.Text.Json;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Outbox;

namespace ControlTower.Web.Features.Exceptions;

/// <summary>A case with all that is needed to decide on it.</summary>
/// <param name="Payload">The event or command it is about, as JSON; as text when it is not JSON; null when it is about
/// something that did not come.</param>
/// <param name="PayloadOf">What the payload is: "event 77 of wms", "command release-fulfilment:SO-1:SOU-1/1".</param>
/// <param name="Answer">The target's response to the command.</param>
/// <param name="FailingField">JSON path of the field a mapping or validation names.</param>
/// <param name="Runbook">Steps, in order.</param>
/// <param name="History">Who did what, oldest first.</param>
/// <param name="Held">The order's held invoices, each with its own amount.</param>
/// <param name="Actions">What this actor may do now, and why not the others.</param>
public sealed record CaseDetail(
    CaseRow Row,
    Core.Persistence.Cases.CaseOrigin Origin,
    string? LegalEntity,
    DateTimeOffset UpdatedAt,
    JsonElement? Payload,
    string? PayloadOf,
    string? Answer,
    string? FailingField,
    IReadOnlyList<string> Runbook,
    IReadOnlyList<CaseEvent> History,
    CaseCommand? Command,
    CaseMessage? About,
    IReadOnlyList<CaseApproval> Approvals,
    CaseImpact? Impact,
    IReadOnlyList<HeldInvoice> Held,
    CaseActions Actions);

public sealed record CaseEvent(DateTimeOffset At, string Actor, string Act, string? Text);

/// <summary>The latest command of the series the case is about.</summary>
public sealed record CaseCommand(
    string Key, string Kind, string Connector, Core.Persistence.Outbox.CommandState State, int Attempts, string? ErrorCode,
    string? ErrorDetail, string? ExternalId);

/// <summary>The message the case is about.</summary>
public sealed record CaseMessage(
    string Connector, string Source, string EventId, string Type, string? Subject, Core.Persistence.Inbox.InboxState State,
    DateTimeOffset ReceivedAt);

public sealed record CaseApproval(
    long Id, ApprovalState State, decimal Amount, string Currency, string RequestedBy, string? DecidedBy, long? ExceptionId);

/// <summary>What the case stops, in orders and money.</summary>
public sealed record CaseImpact(
    string Transaction, string Customer, decimal Amount, decimal Invoiced, string Currency, DateTimeOffset? RequestedDelivery,
    Core.Kernel.TransactionStage Stage, Core.Kernel.TransactionHealth Health, int OtherCases, IReadOnlyList<string> Sites);

/// <summary>One action: possible now for this actor, or why not.</summary>
public sealed record AvailableAction(bool Possible, string? WhyNot)
{
    public static AvailableAction Yes { get; } = new(true, null);

    public static AvailableAction From(Core.Kernel.Refusal? refusal) => refusal is null ? Yes : new(false, refusal.Message);
}

public sealed record CaseActions(
    AvailableAction Take, AvailableAction Assign, AvailableAction Replay, AvailableAction Waive, AvailableAction Discard,
    AvailableAction RequestApproval, AvailableAction Confirm);
