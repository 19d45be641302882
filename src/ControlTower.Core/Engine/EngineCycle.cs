using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Inbox;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Engine;

/// <summary>
/// One batch in one database transaction: claim, map, correlate, lock, merge, decide, write, commit. Locks are taken in
/// one order (messages of the batch, references, transactions, commands); a message that turns out to need an earlier
/// one is handed back. A crash at any point undoes the whole cycle, and the messages wait where they were.
/// </summary>
internal sealed class EngineCycle(
    ITowerDb database, CycleContexts contexts, BatchDecision decision, CycleWriter writer, IEagerDispatch dispatch, StateCache states)
{
    public delegate Task<List<InboxMessage>> Claim(TowerDbContext db, DateTimeOffset now, CancellationToken cancellation);

    /// <exception cref="BatchException">The batch cannot be processed as it is; nothing of it was written.</exception>
    public async Task<CycleResult> RunAsync(Claim claim, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        db.Database.AutoSavepointsEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var cycle = await contexts.CreateAsync(db, cancellation);
        var claimed = await claim(db, cycle.SystemNow, cancellation);
        if (claimed.Count == 0)
        {
            return CycleResult.Nothing;
        }

        try
        {
            var decided = await decision.DecideAsync(cycle, claimed, cancellation);
            using var leased = await dispatch.PrepareAsync(cycle, cancellation);
            var result = await writer.WriteAsync(cycle, decided, cancellation);
            await transaction.CommitAsync(cancellation);
            leased.Dispatch();
            states.Put(decided.Units.Select(unit => (unit.Record, unit.State)));
            cycle.Customers.Add(cycle.Writes.CustomerLinks);
            return result;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw new BatchException([.. claimed.Select(m => m.Id)], error);
        }
    }
}
