using System.Text.Json;
using ControlTower.Core.Persistence.Cases;

namespace ControlTower.Web.Features.Exceptions;

/// <summary>A case as <c>GET /api/v1/exceptions/{id}</c> returns it.</summary>
public sealed record CaseResponse(
    long Id,
    CaseState State,
    string ReasonCode,
    string Title,
    string Team,
    string? Assignee,
    string? Transaction,
    string? Connector,
    string? Site,
    string? LegalEntity,
    string Message,
    JsonElement? Payload,
    string? FailingField,
    int Revision,
    decimal? AmountAtRisk,
    string? Currency,
    DateTimeOffset OpenedAt,
    DateTimeOffset DueAt,
    DateTimeOffset? ResolvedAt,
    string? Resolution,
    int Replays,
    int Version,
    bool Replayable,
    IReadOnlyList<string> Runbook,
    IReadOnlyList<CaseEvent> History,
    CaseCommand? Command,
    CaseMessage? Event,
    IReadOnlyList<CaseApproval> Approvals,
    IReadOnlyList<HeldInvoice> Held,
    CaseActions Actions)
{
    /// <summary>Commands that wait for a connector that takes them; null for other reasons.</summary>
    public int? WaitingCommands { get; init; }

    public static CaseResponse From(CaseDetail detail) => new(
        detail.Row.Id, detail.Row.State, detail.Row.ReasonCode, detail.Row.Title, detail.Row.Team, detail.Row.Assignee,
        detail.Row.Transaction,
        detail.Row.Connector, detail.Row.Site, detail.LegalEntity, detail.Row.Message, detail.Payload, detail.FailingField,
        detail.Row.Revision,
        detail.Row.AmountAtRisk, detail.Row.Currency, detail.Row.OpenedAt, detail.Row.DueAt, detail.Row.ResolvedAt, detail.Row.Resolution,
        detail.Row.Replays,
        detail.Row.Version, detail.Actions.Replay.Possible, detail.Runbook, detail.History, detail.Command, detail.About, detail.Approvals,
        detail.Held,
        detail.Actions)
    {
        WaitingCommands = detail.Row.WaitingCommands,
    };
}
