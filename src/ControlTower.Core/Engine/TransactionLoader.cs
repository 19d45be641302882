using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Statements;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Core.Processes.SalesOrders;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Engine;

/// <summary>
/// Locks transactions in the order of their ids and loads what exists of each, one query per table for the whole batch.
/// </summary>
internal sealed class TransactionLoader(IStatements statements, StateCache states)
{
    private const int MostIds = 1500;

    public async Task<Dictionary<long, TransactionWork>> LockAsync(
        TowerDbContext db, IReadOnlyCollection<long> ids, CancellationToken cancellation) =>
        ids.Count == 0
            ? []
            : await LoadAsync(
                db, await statements.LockTransactionsAsync(db, ids.Order().ToArray(), states.VersionsOf(ids), cancellation), cancellation);

    /// <summary>Loads the rest of rows that are locked already.</summary>
    public async Task<Dictionary<long, TransactionWork>> LoadAsync(
        TowerDbContext db, List<TransactionRecord> rows, CancellationToken cancellation)
    {
        var units = new Dictionary<long, TransactionWork>(rows.Count);
        foreach (var row in rows)
        {
            units.Add(row.Id, new TransactionWork(row, await StateAsync(db, row, cancellation), isNew: false));
        }

        foreach (var ids in units.Keys.Chunk(MostIds))
        {
            await foreach (var command in Commands(db, ids).AsAsyncEnumerable().WithCancellation(cancellation))
            {
                units[command.TransactionId].Commands.Add(command);
            }

            if (ids.Where(id => units[id].Record.CommandsArchivedAt is not null).ToArray() is { Length: > 0 } archived)
            {
                await foreach (var command in Archived(db, archived).AsAsyncEnumerable().WithCancellation(cancellation))
                {
                    units[command.TransactionId].Commands.Add(command);
                }
            }

            await foreach (var hold in Holds(db, ids).AsAsyncEnumerable().WithCancellation(cancellation))
            {
                units[hold.TransactionId].Holds.Add(hold);
            }

            await foreach (var opened in Cases(db, ids).AsAsyncEnumerable().WithCancellation(cancellation))
            {
                units[opened.TransactionId!.Value].Cases.Add(opened);
            }

            await foreach (var site in Sites(db, ids).AsAsyncEnumerable().WithCancellation(cancellation))
            {
                units[site.TransactionId].Sites.Add(site.Site);
            }
        }

        return units;
    }

    /// <summary>The state of a locked row; it leaves the cache until it is put back.</summary>
    public async Task<TransactionState> StateAsync(TowerDbContext db, TransactionRecord row, CancellationToken cancellation)
    {
        if (states.Take(row.Id, row.Version) is { } known)
        {
            return known;
        }

        // Another worker of this process may have taken it in between; the lock guarantees that the row is this
        // version's.
        var json = row.State.Length > 0
            ? row.State
            : await db.Transactions.Where(t => t.Id == row.Id).Select(t => t.State).SingleAsync(cancellation);
        return TransactionState.FromJson(json);
    }

    internal static IQueryable<CommandRow> Commands(TowerDbContext db, long[] ids) => db.Commands.Where(c => ids.Contains(c.TransactionId))
        .Select(c => new CommandRow(c.Id, c.TransactionId, c.Series, c.Number, c.Key, c.Connector, c.ContentHash, c.State, c.Attempts));

    /// <summary>Of orders that had come to their end: commands that were sent count for ever.</summary>
    internal static IQueryable<CommandRow> Archived(TowerDbContext db, long[] ids) =>
        db.ArchivedCommands.Where(c => ids.Contains(c.TransactionId))
        .Select(c => new CommandRow(c.Id, c.TransactionId, c.Series, c.Number, c.Key, c.Connector, c.ContentHash, c.State, c.Attempts));

    internal static IQueryable<TransactionHold> Holds(TowerDbContext db, long[] ids) =>
        db.Holds.AsNoTracking().Where(h => ids.Contains(h.TransactionId) && h.ClosedAt == null);

    internal static IQueryable<ExceptionCase> Cases(TowerDbContext db, long[] ids) =>
        db.Cases.AsNoTracking()
            .Where(c => c.TransactionId != null && ids.Contains(c.TransactionId.Value) && c.Origin == CaseOrigin.Condition);

    internal static IQueryable<TransactionSite> Sites(TowerDbContext db, long[] ids) =>
        db.TransactionSites.AsNoTracking().Where(s => ids.Contains(s.TransactionId));
}
