using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Web.Features.Transactions;
using ControlTower.Web.Shared;
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

    public static async Task<(PromisedOrders Late, PromisedOrders AtRisk)> PromisedAsync(
        TowerDbContext db, Actor actor, CancellationToken cancellation)
    {
        var totals = (await Promised(db, actor).ToListAsync(cancellation)).ToLookup(total => total.IsLate);
        return (Total([.. totals[true]]), Total([.. totals[false]]));
    }

    /// <summary>Whose the holds are; of the latest orders.</summary>
    public static async Task<IReadOnlyList<string>> HeldOwnersAsync(TowerDbContext db, Actor actor, CancellationToken cancellation)
    {
        var owners = await HeldOwners.ForOrders(db, LatestHeld(db, actor)).ToListAsync(cancellation);
        return [.. owners.Select(owner => owner.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    internal static IQueryable<PromiseTotal> Promised(TowerDbContext db, Actor actor)
    {
        var visible = db.Transactions.VisibleTo(actor, db);
        return visible.Matching(Late, db).Select(t => new { IsLate = true, t.Currency, t.Amount, t.RequestedDelivery })
            .Concat(visible.Matching(AtRisk, db)
                .Select(t => new { IsLate = false, t.Currency, t.Amount, t.RequestedDelivery }))
            .GroupBy(t => new { t.IsLate, t.Currency })
            .Select(g => new PromiseTotal(g.Key.IsLate, g.Key.Currency, g.Count(), g.Sum(t => t.Amount), g.Min(t => t.RequestedDelivery)));
    }

    internal static IQueryable<long> LatestHeld(TowerDbContext db, Actor actor) =>
        db.Transactions.VisibleTo(actor, db).Matching(Held, db).From(null, db).Select(t => t.Id).Take(MostForOwners);

    private static PromisedOrders Total(List<PromiseTotal> totals) => new(
        totals.Sum(total => total.Count), Sums.For(totals, total => total.Currency, total => total.Amount),
        totals.Min(total => total.FirstPromise));
}

/// <param name="IsLate">Else at risk.</param>
internal sealed record PromiseTotal(bool IsLate, string Currency, int Count, decimal Amount, DateTimeOffset? FirstPromise);
