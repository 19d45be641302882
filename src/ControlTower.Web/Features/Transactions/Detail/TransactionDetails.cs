using System.Text.Json;
using ControlTower.Core.Cases;
using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Facts;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Core.Processes.SalesOrders;
using ControlTower.Core.Processes.SalesOrders.Projection;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Transactions.Detail;

/// <summary>Reads one transaction with all that belongs to it; those of other sites and legal entities do not exist.</summary>
public sealed class TransactionDetails(ITowerDb towers, ISystemTopologyStore topology) : ITransactionEvents
{
    /// <inheritdoc/>
    public async Task<TransactionDetail?> FindAsync(string key, Actor actor, CancellationToken cancellation)
    {
        await using var db = towers.CreateReader();
        var record = await RecordAsync(db, key, actor, cancellation);
        return record is null ? null : await ReadAsync(db, record, actor, cancellation);
    }

    /// <inheritdoc/>
    public async Task<EventPayload?> EventAsync(string key, long id, Actor actor, CancellationToken cancellation)
    {
        await using var db = towers.CreateReader();
        if (await RecordAsync(db, key, actor, cancellation) is not { } record
            || await TransactionHistory.Payload(db, record.Id, id).FirstOrDefaultAsync(cancellation) is not { } row)
        {
            return null;
        }

        var fact = Json(System.Text.Encoding.UTF8.GetBytes(row.Fact));
        if (await Archive.MessageAsync(db, row.Message, cancellation) is { } message)
        {
            return new(
                row.Id, message.Type, message.Connector, message.Source, message.EventId, message.State, Json(message.Payload), fact);
        }

        // The payload's retention time is over; the mapped fact is kept.
        return new(row.Id, $"tower.{row.Milestone}.v1", row.Connector, "", FactJson.Deserialize(row.Fact).Id,
            Core.Persistence.Inbox.InboxState.Applied, NoLongerKept, fact);
    }

    /// <inheritdoc/>
    public async Task<CommandPayload?> CommandAsync(string key, long id, Actor actor, CancellationToken cancellation)
    {
        await using var db = towers.CreateReader();
        if (await RecordAsync(db, key, actor, cancellation) is not { } record
            || (await db.Commands.AsNoTracking().FirstOrDefaultAsync(c => c.TransactionId == record.Id && c.Id == id, cancellation)
                ?? (await Archive.CommandsAsync(db, record.Id, cancellation)).Find(c => c.Id == id)) is not { } command)
        {
            return null;
        }

        return new(command.Id, command.Key, command.Connector, command.Body.Length > 0 ? Json(command.Body) : NoLongerKept);
    }

    internal static IQueryable<TransactionRecord> Named(TowerDbContext db, string key, Actor actor)
    {
        var visible = db.Transactions.AsNoTracking().VisibleTo(actor, db);
        return key.Contains(':', StringComparison.Ordinal) ? visible.Where(t => t.Key == key) : ByOrder(db, visible, key);
    }

    // The order number is found by its reference, which is indexed.
    private static IQueryable<TransactionRecord> ByOrder(TowerDbContext db, IQueryable<TransactionRecord> visible, string order)
    {
        var linked = from reference in db.References
                     where reference.Value == order
                     join link in db.ReferenceLinks on reference.Id equals link.ReferenceId
                     select link.TransactionId;
        return visible.Where(t => t.OrderNumber == order && linked.Contains(t.Id));
    }

    private static async Task<TransactionRecord?> RecordAsync(TowerDbContext db, string key, Actor actor, CancellationToken cancellation) =>
        await Named(db, key, actor).Take(2).ToListAsync(cancellation) is [var only] ? only : null;

    private async Task<TransactionDetail> ReadAsync(
        TowerDbContext db, TransactionRecord record, Actor actor, CancellationToken cancellation)
    {
        var rows = await TransactionQueries.RowsAsync(db.Transactions.AsNoTracking().Where(t => t.Id == record.Id), db, cancellation);
        var row = (await TransactionQueries.WithOwnersAsync(rows, db, cancellation)).Single();
        var view = OrderProjection.Project(TransactionState.FromJson(record.State), await topology.GetAsync(cancellation));
        var holds = await TransactionHistory.Holds(db, record.Id).ToListAsync(cancellation);
        var cases = await TransactionHistory.Cases(db, record.Id).VisibleTo(db, actor).ToListAsync(cancellation);
        var approvals = await TransactionHistory.Approvals(db, record.Id).ToListAsync(cancellation);
        var sites = await db.Sites.AsNoTracking().Where(s => row.Sites.Contains(s.Code)).OrderBy(s => s.Code).ToListAsync(cancellation);
        return new TransactionDetail
        {
            Row = row,
            View = view,
            LegalEntity = record.LegalEntity,
            CorrelationId = record.CorrelationId,
            Version = record.Version,
            Documents = DocumentTree.From(view, record.OrderNumber),
            Links = await TransactionHistory.Links(db, record.Id).ToListAsync(cancellation),
            Events = await EventsAsync(db, record.Id, cancellation),
            Commands = await CommandsAsync(db, record, cancellation),
            Holds = [.. holds.Select(hold => Hold(hold, cases))],
            Cases = [.. cases.Select(Case)],
            Approvals = [.. approvals.Select(Approval)],
            Audit = await TransactionHistory.Audit(db, record.Key).ToListAsync(cancellation),
            Actions = PossibleActions.For(actor, holds, approvals, cases),
            Places = [.. sites.Select(s => new SiteItem(s.Code, s.Name, s.TimeZone))],
        };
    }

    /// <summary>An event whose message is not kept any more still has the id of its message.</summary>
    private static async Task<IReadOnlyList<EventItem>> EventsAsync(TowerDbContext db, long transaction, CancellationToken cancellation)
    {
        var events = await TransactionHistory.Events(db, transaction).ToListAsync(cancellation);
        var nameless = events.Where(e => e.EventId is null).Select(e => e.Id).ToArray();
        if (nameless.Length == 0)
        {
            return events;
        }

        var facts = await db.TransactionEvents.Where(e => nameless.Contains(e.Id)).ToDictionaryAsync(e => e.Id, e => e.Fact, cancellation);
        return [.. events.Select(e => facts.TryGetValue(e.Id, out var fact) ? e with { EventId = FactJson.Deserialize(fact).Id } : e)];
    }

    private static async Task<IReadOnlyList<CommandItem>> CommandsAsync(
        TowerDbContext db, TransactionRecord record, CancellationToken cancellation)
    {
        var commands = await TransactionHistory.Commands(db, record.Id).ToListAsync(cancellation);
        var attempts = (await TransactionHistory.Attempts(db, record.Id).ToListAsync(cancellation)).ToLookup(a => a.CommandId);
        return record.CommandsArchivedAt is null
            ? Items(commands, attempts)
            : [.. await ArchivedAsync(db, record.Id, cancellation), .. Items(commands, attempts)];
    }

    private static async Task<IReadOnlyList<CommandItem>> ArchivedAsync(TowerDbContext db, long transaction, CancellationToken cancellation)
    {
        var commands = (await Archive.CommandsAsync(db, transaction, cancellation)).ConvertAll(c => new TransactionHistory.CommandRow(
            c.Id, c.Key, c.Kind, c.Connector, c.Site, c.State, c.Amount, c.Currency, c.CreatedAt, c.DueAt, c.SettledAt, c.ExternalId,
            c.ErrorCode, c.ErrorDetail));
        var attempts = (await Archive.AttemptsAsync(db, transaction, cancellation))
            .SelectMany(group => group.Select(a => new TransactionHistory.AttemptRow(
            a.CommandId, a.Number, a.StartedAt, a.EndedAt, a.Outcome, a.HttpStatus, a.Detail))).ToLookup(a => a.CommandId);
        return Items(commands, attempts);
    }

    private static IReadOnlyList<CommandItem> Items(
        List<TransactionHistory.CommandRow> commands, ILookup<long, TransactionHistory.AttemptRow> attempts)
    {
        return [.. commands.Select(c => new CommandItem(
            c.Id, c.Key, c.Kind, c.Connector, c.Site, c.State, Money.Trim(c.Amount), c.Currency, c.CreatedAt, c.DueAt, c.SettledAt,
            c.ExternalId,
            c.ErrorCode, c.ErrorDetail,
            [.. attempts[c.Id].Select(a => new AttemptItem(a.Number, a.StartedAt, a.EndedAt, a.Outcome, a.HttpStatus, a.Detail))]))];
    }

    private static HoldItem Hold(TransactionHold hold, List<ExceptionCase> cases) => new(
        hold.Id, hold.HoldKey, hold.Kind, hold.Stops, hold.Code, hold.Reason, hold.Document, hold.Part, Money.Trim(hold.Amount),
        hold.Currency, hold.Since, hold.ClosedAt,
        [.. (JsonSerializer.Deserialize<List<EvidenceItem>>(hold.Evidence, EvidenceJson) ?? [])
            .Select(e => new EvidenceLine(e.Milestone, e.Needed, e.Present, e.At, e.Connector, e.Quantity))],
        hold.Kind == "billing"
            ? HeldOwners.TeamOf(hold.Code, cases.Select(c => new OwnedCase(c.Id, hold.TransactionId, c.ReasonCode, c.Team)))
            : null,
        hold.ContentHash);

    private static CaseItem Case(ExceptionCase c) => new(
        c.Id, c.State, c.ReasonCode, c.Team, c.Assignee, c.Message, Money.Trim(c.AmountAtRisk), c.Currency, c.OpenedAt, c.DueAt,
        c.ResolvedAt, c.Resolution);

    private static ApprovalItem Approval(ApprovalRequest a) => new(
        a.Id, a.State, a.Kind, a.Part, Money.Trim(a.Amount), a.Currency, a.Reason, a.RequestedBy, a.RequestedAt, a.ExpiresAt, a.DecidedBy,
        a.DecidedAt, a.Comment);

    private static readonly JsonElement NoLongerKept = JsonSerializer.SerializeToElement(
        "What was sent is no longer kept: its time is over.");

    private static readonly JsonSerializerOptions EvidenceJson = new(JsonSerializerDefaults.Web);

    // What was stored is what was sent; what is not JSON is shown as text.
    private static JsonElement Json(byte[] utf8)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(utf8);
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(System.Text.Encoding.UTF8.GetString(utf8));
        }
    }
}
