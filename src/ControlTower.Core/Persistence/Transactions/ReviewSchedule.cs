using ControlTower.Core.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Persistence.Transactions;

/// <summary>
/// Has transactions decided again because the rules changed that they are decided by: policies, modes.
/// </summary>
internal static class ReviewSchedule
{
    /// <summary>System time until every node has read the change: their caches are a second old at most.</summary>
    private static readonly TimeSpan UntilKnown = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Every transaction that is not at its end, in the caller's transaction, as soon as all nodes use the change.
    /// </summary>
    public static async Task AtAllAsync(TowerDbContext db, TowerClocks clocks, CancellationToken cancellation)
    {
        var next = UtcMicroseconds.Cut(clocks.BusinessNow - ((TowerClocks.FairChance - UntilKnown) * clocks.Speed));
        var last = 0L;
        while (await Later(db, next, last).Select(t => t.Id).ToListAsync(cancellation) is { Count: > 0 } ids)
        {
            var (from, to) = (last, ids[^1]);
            await Waiting(db, next).Where(t => t.Id > from && t.Id <= to)
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.NextLookAt, next), cancellation);
            last = to;
        }
    }

    internal static IQueryable<TransactionRecord> Later(TowerDbContext db, DateTimeOffset next, long after) =>
        Waiting(db, next).Where(t => t.Id > after).OrderBy(t => t.Id).Take(RowBatches.Most);

    private static IQueryable<TransactionRecord> Waiting(TowerDbContext db, DateTimeOffset next) =>
        db.Transactions.Where(t => t.Stage != TransactionStage.Posted && t.Stage != TransactionStage.Cancelled)
            .Where(t => t.NextLookAt == null || t.NextLookAt > next);
}
