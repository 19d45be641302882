using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Statements;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Engine.Counts;

/// <summary>Keeps the counters' table small and correct.</summary>
public sealed class CountService(ITowerDb database, TowerClocks clocks)
{
    private readonly CounterFold<TransactionCount> _fold = new(CountStatements.Table, database.Provider, Old);

    /// <summary>Folds where it is worth it, and drops hours that are older than that.</summary>
    public async Task FoldAsync(TimeSpan kept, CancellationToken cancellation = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        await _fold.RunAsync(db, clocks.BusinessNow - kept, cancellation);
    }

    internal static IQueryable<TransactionCount> Old(TowerDbContext db, DateTimeOffset before) =>
        db.TransactionCounts.Where(c => c.Hour < before).OrderBy(c => c.Hour).Take(RowBatches.Most);

    internal Task FoldNowAsync(TowerDbContext db, CancellationToken cancellation) => _fold.FoldAsync(db, cancellation);

    /// <summary>Counts every transaction and sets the counters right. Takes seconds for a million.</summary>
    /// <returns>How many counters were wrong: none is expected.</returns>
    public async Task<int> RecountAsync(CancellationToken cancellation = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(30));
        return await db.Database.ExecuteSqlRawAsync(CountStatements.Recount(database.Provider), cancellation);
    }
}
