using System.Text.Json;
using ControlTower.Core.Cases;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Web.Features.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Exceptions;

/// <summary>Reads one case with everything around it.</summary>
public sealed class CaseDetailQuery(ITowerDb tower)
{
    /// <summary>Null when the case does not exist for the actor.</summary>
    public async Task<CaseDetail?> FindAsync(long id, Actor actor, CancellationToken cancellation = default)
    {
        await using var db = tower.CreateReader();
        var found = await db.Cases.AsNoTracking().VisibleTo(db, actor).Where(c => c.Id == id)
            .Select(c => new CaseAndKey(c, db.Transactions.Where(t => t.Id == c.TransactionId).Select(t => t.Key).FirstOrDefault()))
            .SingleOrDefaultAsync(cancellation);
        if (found is null)
        {
            return null;
        }

        var about = found.Case;
        var commands = await CommandsAsync(db, about, cancellation);
        var (command, named) = (commands.LastOrDefault(), commands.Find(c => c.Id == about.CommandId));
        var message = about.MessageId is { } messageId ? await Archive.MessageAsync(db, messageId, cancellation) : null;
        var polled = about.Connector is { } name && await db.Connectors.AnyAsync(c => c.Name == name && c.Poll, cancellation);
        var impact = await ImpactAsync(db, found, cancellation);
        var approvals = await ApprovalsAsync(db, about, cancellation);
        var held = await HeldInvoices.ReadAsync(db, about, cancellation);
        var (payload, payloadOf) = Payload(about, message, named);
        return new CaseDetail(
            CaseSelection.Row(found), about.Origin, about.LegalEntity, about.UpdatedAt, payload, payloadOf, Answer(named),
            about.FailingField, ReasonCodes.Find(about.ReasonCode).Runbook,
            await HistoryAsync(db, id, cancellation),
            command is null
                ? null
                : new(command.Key, command.Kind, command.Connector, command.State, command.Attempts, command.ErrorCode, command.ErrorDetail,
                    command.ExternalId),
            message is null
                ? null
                : new(message.Connector, message.Source, message.EventId, message.Type, message.Subject, message.State, message.ReceivedAt),
            approvals, impact, held, AvailableCaseActions.For(about, actor, command?.State, message?.State, polled, held));
    }

    /// <summary>
    /// The commands of the series, by number: the one the case names is what went wrong, the latest is what counts now.
    /// </summary>
    private static async Task<List<OutboxCommand>> CommandsAsync(TowerDbContext db, ExceptionCase about, CancellationToken cancellation)
    {
        if (about.CommandId is not { } id)
        {
            return [];
        }

        var commands = await db.Commands.AsNoTracking()
            .Where(c => db.Commands.Any(named => named.Id == id && named.TransactionId == c.TransactionId && named.Series == c.Series))
            .OrderBy(c => c.Number).ToListAsync(cancellation);
        if (commands.Count > 0 || about.TransactionId is not { } transaction)
        {
            return commands;
        }

        var archived = await Archive.CommandsAsync(db, transaction, cancellation);
        return [.. archived.Where(c => c.Series == archived.Find(named => named.Id == id)?.Series).OrderBy(c => c.Number)];
    }

    private static string? Answer(OutboxCommand? named) => named?.ErrorDetail is not { } detail ? null
        : $"{named.Connector} answered: {detail}{(named.ErrorCode is null ? "" : $" ({named.ErrorCode})")}";

    private static Task<List<CaseEvent>> HistoryAsync(TowerDbContext db, long id, CancellationToken cancellation) =>
        db.CaseNotes.AsNoTracking().Where(n => n.CaseId == id).OrderBy(n => n.Id).Take(500)
            .Select(n => new CaseEvent(n.At, n.Actor, n.Act, n.Text)).ToListAsync(cancellation);

    private static async Task<IReadOnlyList<CaseApproval>> ApprovalsAsync(
        TowerDbContext db, ExceptionCase about, CancellationToken cancellation) =>
        about.TransactionId is not { } transaction ? [] : await db.Approvals.AsNoTracking().Where(a => a.TransactionId == transaction)
            .OrderByDescending(a => a.Id).Take(20)
            .Select(a => new CaseApproval(a.Id, a.State, a.Amount, a.Currency, a.RequestedBy, a.DecidedBy, a.CaseId))
            .ToListAsync(cancellation);

    private static async Task<CaseImpact?> ImpactAsync(TowerDbContext db, CaseAndKey found, CancellationToken cancellation)
    {
        if (found.Case.TransactionId is not { } id)
        {
            return null;
        }

        var record = await db.Transactions.AsNoTracking().Where(t => t.Id == id).Select(t => new
        {
            t.Key,
            t.CustomerId,
            t.CustomerName,
            t.Amount,
            t.Invoiced,
            t.Currency,
            t.RequestedDelivery,
            t.Stage,
            t.Health,
            Others = db.Cases.Count(c => c.TransactionId == id && c.State < CaseState.Resolved && c.Id != found.Case.Id),
        }).SingleOrDefaultAsync(cancellation);
        if (record is null)
        {
            return null;
        }

        var sites = await db.TransactionSites.Where(s => s.TransactionId == id)
            .OrderBy(s => s.Site)
            .Select(s => s.Site)
            .ToListAsync(cancellation);
        return new CaseImpact(record.Key, record.CustomerName ?? record.CustomerId, Money.Trim(record.Amount), Money.Trim(record.Invoiced),
            record.Currency, record.RequestedDelivery, record.Stage, record.Health, record.Others, sites);
    }

    private static (JsonElement? Payload, string? Of) Payload(ExceptionCase about, InboxMessage? message, OutboxCommand? command) =>
        about.Payload is { } own ? (Json(own), $"The second version of event {message?.EventId} of {about.Connector}")
        : message is not null ? (Json(message.Payload), $"Event {message.EventId} of {message.Connector}")
        : command is { Body.Length: > 0 } ? (Json(command.Body), $"Command {command.Key} to {command.Connector}")
        : (null, null);

    /// <summary>JSON as it is; anything else as a text.</summary>
    private static JsonElement Json(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(System.Text.Encoding.UTF8.GetString(bytes));
        }
    }
}
