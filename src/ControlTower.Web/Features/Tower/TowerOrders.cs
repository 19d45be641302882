using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Web.Features.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Tower;

/// <summary>The lists of orders that the Tower counts and opens.</summary>
internal static class TowerOrders
{
    /// <summary>Of more orders than this, the owners are those of the latest.</summary>
    private const int MostForOwners = 100;

    public static TransactionFilter Held { get; } = new() { Held = true };

    /// <summary>Past the promise and not delivered.</summary>
    public static TransactionFilter Late { get; } = new() { Late = true, Undelivered = true };

    public static TransactionFilter AtRisk { get; } = new() { AtRisk = true, Open = true };

    public static async Task<PromisedOrders> LateAsync(TowerDbContext db, Actor actor, CancellationToken cancellation) =>
        Total(await LateTotals(db, actor).ToListAsync(cancellation));

    public static async Task<PromisedOrders> AtRiskAsync(TowerDbContext db, Actor actor, CancellationToken cancellation) =>
        Total(await AtRiskTotals(db, actor).ToListAsync(cancellation));

    /// <summary>Whose the holds are; of the latest orders.</summary>
    public static async Task<IReadOnlyList<string>> HeldOwnersAsync(TowerDbContext db, Actor actor, CancellationToken cancellation)
    {
        var ids = await LatestHeld(db, actor).ToArrayAsync(cancellation);
        var owners = await HeldOwners.ReadAsync(db, ids, cancellation);
        return [.. owners.SelectMany(order => order).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    // The flag as a constant too: only then SQL Server reads the index of these orders alone.
    internal static IQueryable<PromiseTotal> LateTotals(TowerDbContext db, Actor actor) =>
        Totals(db.Transactions.VisibleTo(actor, db).Matching(Late, db).Where(t => t.Late));

    internal static IQueryable<PromiseTotal> AtRiskTotals(TowerDbContext db, Actor actor) =>
        Totals(db.Transactions.VisibleTo(actor, db).Matching(AtRisk, db).Where(t => t.AtRisk));

    internal static IQueryable<long> LatestHeld(TowerDbContext db, Actor actor) =>
        db.Transactions.VisibleTo(actor, db).Matching(Held, db).From(null, db).Select(t => t.Id).Take(MostForOwners);

    private static IQueryable<PromiseTotal> Totals(IQueryable<TransactionRecord> orders) =>
        orders.GroupBy(t => t.Currency)
            .Select(g => new PromiseTotal(g.Key, g.Count(), g.Sum(t => t.Amount), g.Min(t => t.RequestedDelivery)));

    private static PromisedOrders Total(List<PromiseTotal> totals) => new(
        totals.Sum(total => total.Count), Sums.For(totals, total => total.Currency, total => total.Amount),
        totals.Min(total => total.FirstPromise));
}

internal sealed record PromiseTotal(string Currency, int Count, decimal Amount, DateTimeOffset? FirstPromise);
