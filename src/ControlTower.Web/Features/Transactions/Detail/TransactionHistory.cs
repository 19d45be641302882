using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Transactions.Detail;

/// <summary>
/// What the database keeps besides a transaction's state: events, commands, holds, cases, approvals, audit, numbers.
/// </summary>
internal static class TransactionHistory
{
    /// <summary>More than any order has; still a bound.</summary>
    private const int Most = 1000;

    public static IQueryable<EventItem> Events(TowerDbContext db, long transaction) =>
        db.TransactionEvents.AsNoTracking().Where(e => e.TransactionId == transaction)
            .OrderBy(e => e.Time).ThenBy(e => e.Id).Take(Most)
            .Select(e => new EventItem(
                e.Id, e.Milestone, e.Connector, e.Subject, e.Sequence, e.Time, e.RecordedAt, e.Witness, e.Retracted,
                db.Inbox.Where(m => m.Id == e.MessageId).Select(m => m.EventId).FirstOrDefault()
                    ?? db.ArchivedMessages.Where(m => m.Id == e.MessageId).Select(m => m.EventId).FirstOrDefault()));

    public static IQueryable<CommandRow> Commands(TowerDbContext db, long transaction) =>
        db.Commands.AsNoTracking().Where(c => c.TransactionId == transaction)
            .OrderBy(c => c.CreatedAt).ThenBy(c => c.Id).Take(Most)
            .Select(c => new CommandRow(
                c.Id, c.Key, c.Kind, c.Connector, c.Site, c.State, c.Amount, c.Currency, c.CreatedAt, c.DueAt, c.SettledAt, c.ExternalId,
                c.ErrorCode, c.ErrorDetail));

    public static IQueryable<AttemptRow> Attempts(TowerDbContext db, long transaction) =>
        from attempt in db.Attempts.AsNoTracking()
        join command in db.Commands on attempt.CommandId equals command.Id
        where command.TransactionId == transaction
        orderby attempt.CommandId, attempt.Number
        select new AttemptRow(
            attempt.CommandId, attempt.Number, attempt.StartedAt, attempt.EndedAt, attempt.Outcome, attempt.HttpStatus, attempt.Detail);

    public static IQueryable<Core.Persistence.Transactions.TransactionHold> Holds(TowerDbContext db, long transaction) =>
        db.Holds.AsNoTracking().Where(h => h.TransactionId == transaction).OrderBy(h => h.ClosedAt != null).ThenBy(h => h.Since).Take(Most);

    public static IQueryable<Core.Persistence.Cases.ExceptionCase> Cases(TowerDbContext db, long transaction) =>
        db.Cases.AsNoTracking()
            .Where(c => c.TransactionId == transaction)
            .OrderByDescending(c => c.OpenedAt)
            .ThenByDescending(c => c.Id)
            .Take(Most);

    public static IQueryable<Core.Persistence.Approvals.ApprovalRequest> Approvals(TowerDbContext db, long transaction) =>
        db.Approvals.AsNoTracking()
            .Where(a => a.TransactionId == transaction)
            .OrderByDescending(a => a.RequestedAt)
            .ThenByDescending(a => a.Id).Take(Most);

    public static IQueryable<AuditItem> Audit(TowerDbContext db, string key) =>
        db.Audit.AsNoTracking().Where(a => a.TransactionKey == key)
            .OrderByDescending(a => a.Id).Take(Most)
            .Select(a => new AuditItem(a.Id, a.At, a.Actor, a.ActorKind, a.Act, a.ObjectType, a.ObjectKey, a.Reason));

    public static IQueryable<DocumentLink> Links(TowerDbContext db, long transaction) =>
        from link in db.ReferenceLinks.AsNoTracking()
        join reference in db.References on link.ReferenceId equals reference.Id
        where link.TransactionId == transaction
        orderby reference.Kind, reference.Value
        select new DocumentLink(reference.Kind, link.System, reference.Value);

    /// <summary>The mapped event, and the number of its message.</summary>
    public static IQueryable<PayloadRow> Payload(TowerDbContext db, long transaction, long id) =>
        from happened in db.TransactionEvents.AsNoTracking()
        where happened.TransactionId == transaction && happened.Id == id
        select new PayloadRow(happened.Id, happened.MessageId, happened.Connector, happened.Milestone, happened.Fact);

    internal sealed record CommandRow(
        long Id,
        string Key,
        string Kind,
        string Connector,
        string? Site,
        Core.Persistence.Outbox.CommandState State,
        decimal? Amount,
        string? Currency,
        DateTimeOffset CreatedAt,
        DateTimeOffset DueAt,
        DateTimeOffset? SettledAt,
        string? ExternalId,
        string? ErrorCode,
        string? ErrorDetail);

    internal sealed record AttemptRow(
        long CommandId, int Number, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, Core.Persistence.Outbox.AttemptOutcome Outcome,
        int? HttpStatus, string? Detail);

    internal sealed record PayloadRow(long Id, long Message, string Connector, string Milestone, string Fact);
}
