using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Web.Features.Tower;
using ControlTower.Web.Shared;
using ControlTower.Web.Shared.Kit.Totals;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Transactions;

/// <summary>Counts and sums a list of transactions: by its own query, and without a filter by the engine's counters.</summary>
internal sealed class TransactionTotals(ITowerDb towers)
{
    public async Task<ListTotal> ReadAsync(TransactionFilter filter, Actor actor, CancellationToken cancellation = default)
    {
        await using var db = towers.CreateReader();
        if (filter.IsEmpty)
        {
            var sets = await TowerFlow.SetsAsync(db, actor, cancellation);
            var all = await TowerFlow.Current(db, actor, sets).ToListAsync(cancellation);
            return new ListTotal(all.Sum(total => total.Count)) { Money = [Owed(all, total => total.Currency, total => total.Amount)] };
        }

        var matching = await TransactionQueries.MatchingAsync(db, filter, actor, cancellation);
        var totals = await Totals(matching).ToListAsync(cancellation);
        var owed = Owed(totals, total => total.Currency, total => total.Amount);
        return ListTotal.From(totals.Sum(total => total.Count), filter.Held
            ? [owed, new TotalMoney("held", Sums.For(totals, total => total.Currency, total => total.Held))]
            : [owed]);
    }

    internal static IQueryable<TransactionTotal> Totals(IQueryable<TransactionRecord> matching) =>
        matching.Select(t => new { t.Currency, t.Amount, t.Held }).Take(ListTotal.Most + 1)
            .GroupBy(t => t.Currency)
            .Select(g => new TransactionTotal(g.Key, g.Count(), g.Sum(t => t.Amount), g.Sum(t => t.Held)));

    private static TotalMoney Owed<T>(IEnumerable<T> totals, Func<T, string> currency, Func<T, decimal> amount) =>
        new("owed", Sums.For(totals, currency, amount));
}

internal sealed record TransactionTotal(string Currency, int Count, decimal Amount, decimal Held);
