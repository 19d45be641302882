using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Engine.Counts;

/// <summary>Keeps the counters' table small and correct.</summary>
public sealed class CountService(ITowerDb database, TowerClocks clocks)
{
    /// <summary>Rows that one fold takes.</summary>
    private const int MostAtOnce = 50_000;

    /// <summary>Fewer new rows than this are not worth a fold: summing them takes a millisecond.</summary>
    private const int Least = 1000;

    /// <summary>How long hours are kept: the pages show a day of them.</summary>
    internal static readonly TimeSpan HoursKept = TimeSpan.FromDays(2);

    private int _afterLast;

    /// <summary>
    /// Folds where it is worth it, and drops hours that are no longer read. Any node may; two at once do not wait for
    /// each other.
    /// </summary>
    public async Task FoldAsync(CancellationToken cancellation = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        if (await db.TransactionCounts.CountAsync(cancellation) < Least + (2 * _afterLast))
        {
            return;
        }

        await FoldNowAsync(db, cancellation);
        var old = clocks.BusinessNow - HoursKept;
        await RowBatches.ChangeAllAsync(() => Old(db, old).ExecuteDeleteAsync(cancellation));
        _afterLast = await db.TransactionCounts.CountAsync(cancellation);
    }

    internal static IQueryable<TransactionCount> Old(TowerDbContext db, DateTimeOffset before) =>
        db.TransactionCounts.Where(c => c.Hour < before).OrderBy(c => c.Hour).Take(RowBatches.Most);

    internal Task FoldNowAsync(TowerDbContext db, CancellationToken cancellation) =>
        db.Database.ExecuteSqlRawAsync(CountStatements.Fold(database.Provider, MostAtOnce), cancellation);

    /// <summary>Counts every transaction and sets the counters right. Takes seconds for a million.</summary>
    /// <returns>How many counters were wrong: none is expected.</returns>
    public async Task<int> RecountAsync(CancellationToken cancellation = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(30));
        return await db.Database.ExecuteSqlRawAsync(CountStatements.Recount(database.Provider), cancellation);
    }
}
