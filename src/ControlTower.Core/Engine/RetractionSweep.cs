using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Engine;

/// <summary>
/// Finds facts that were merged although they had been retracted: two workers ran at once, and the retraction names no
/// number of the other's transaction. Merges those transactions again. It rarely finds any.
/// </summary>
internal sealed class RetractionSweep(
    ITowerDb database, CycleContexts contexts, TransactionLoader loader, TransactionWriter writer, EngineAnnouncer announcer)
{
    private const int MostAtOnce = 50;

    /// <returns>How many transactions were merged again.</returns>
    public async Task<int> SweepNowAsync(CancellationToken cancellation = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var ids = await Stranded(db).Select(e => e.TransactionId).Distinct().Take(MostAtOnce).ToListAsync(cancellation);
        if (ids.Count == 0)
        {
            return 0;
        }

        var context = await contexts.CreateAsync(db, cancellation);
        var units = await loader.LockAsync(db, ids, cancellation);
        foreach (var unit in units.Values)
        {
            var gone = await Stranded(db).Where(e => e.TransactionId == unit.Record.Id).Select(e => e.Id).ToArrayAsync(cancellation);
            unit.State = await RebuildMerge.FromEventsAsync(db, unit.Record.Id, gone, cancellation);
            context.Writes.RetractedEvents.AddRange(gone);
        }

        await writer.WriteAsync(context, units.Values, units.Keys.ToHashSet(), cancellation);
        await database.Statements.WriteAsync(db, context.Writes, cancellation);
        await transaction.CommitAsync(cancellation);
        await announcer.AnnounceAsync(new Change([.. units.Keys], []), cancellation);
        return units.Count;
    }

    internal static IQueryable<TransactionEvent> Stranded(TowerDbContext db) =>
        from retraction in db.Retractions
        join message in db.Inbox on new { retraction.Connector, retraction.DedupeKey } equals new { message.Connector, message.DedupeKey }
        join merged in db.TransactionEvents on message.Id equals merged.MessageId
        where message.State == InboxState.Applied && !merged.Retracted
        select merged;
}
