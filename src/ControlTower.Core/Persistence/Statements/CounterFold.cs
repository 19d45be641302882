using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Persistence.Statements;

/// <summary>
/// Keeps a table of counters small. Any node may; two at once do not wait for each other.
/// </summary>
/// <param name="old">Rows of hours before an instant, a bounded number of them.</param>
internal sealed class CounterFold<TRow>(
    CounterTable table, DatabaseProvider provider, Func<TowerDbContext, DateTimeOffset, IQueryable<TRow>> old)
    where TRow : class
{
    /// <summary>Rows that one fold takes.</summary>
    private const int MostAtOnce = 50_000;

    /// <summary>Fewer new rows than this are not worth a fold: summing them takes a millisecond.</summary>
    private const int Least = 1000;

    private int _afterLast;

    /// <summary>Folds where it is worth it, and drops hours that are no longer read.</summary>
    public async Task RunAsync(TowerDbContext db, DateTimeOffset keptSince, CancellationToken cancellation)
    {
        if (await db.Set<TRow>().CountAsync(cancellation) < Least + (2 * _afterLast))
        {
            return;
        }

        await FoldAsync(db, cancellation);
        await RowBatches.ChangeAllAsync(() => old(db, keptSince).ExecuteDeleteAsync(cancellation));
        _afterLast = await db.Set<TRow>().CountAsync(cancellation);
    }

    /// <summary>Folds whatever is there.</summary>
    public Task FoldAsync(TowerDbContext db, CancellationToken cancellation) =>
        db.Database.ExecuteSqlRawAsync(table.Fold(provider, MostAtOnce), cancellation);
}
