using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Web.Features.Transactions;
using ControlTower.Web.Shared;
using ControlTower.Web.Shared.Kit.Charts;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Tower;

/// <summary>Counts and sums from the counters that the engine keeps with every commit: the same rows as the lists
/// show, without reading them.</summary>
internal static class TowerFlow
{
    /// <summary>Which sets of sites the actor sees a site of; null where they see all. A transaction of several sites
    /// is counted once, under all of them.</summary>
    public static async Task<string[]?> SetsAsync(TowerDbContext db, Actor actor, CancellationToken cancellation)
    {
        if (actor.Sites.Count == 0)
        {
            return null;
        }

        var sites = actor.Sites.ToHashSet(StringComparer.Ordinal);
        var sets = await Sets(db).ToListAsync(cancellation);
        return [.. sets.Where(set => set.Split('|', StringSplitOptions.RemoveEmptyEntries).Any(sites.Contains))];
    }

    internal static IQueryable<string> Sets(TowerDbContext db) => db.TransactionCounts.Select(c => c.Sites).Distinct();

    /// <summary>
    /// Current counts, by stage, health and currency; and what was invoiced and posted since then, net, by whole hours.
    /// </summary>
    /// <param name="sets">See <see cref="SetsAsync"/>.</param>
    public static IQueryable<FlowTotal> Totals(TowerDbContext db, Actor actor, string[]? sets, DateTimeOffset since) =>
        Summed(VisibleTo(db.TransactionCounts.Where(c => c.Hour == null || c.Hour >= since), actor, sets));

    /// <summary>Current counts alone.</summary>
    /// <param name="sets">See <see cref="SetsAsync"/>.</param>
    public static IQueryable<FlowTotal> Current(TowerDbContext db, Actor actor, string[]? sets) =>
        Summed(VisibleTo(db.TransactionCounts.Where(c => c.Hour == null), actor, sets));

    /// <summary>How many transactions came to each stage since then, by whole hours; one that came twice counts twice.</summary>
    public static IQueryable<FlowEntered> Entered(TowerDbContext db, Actor actor, string[]? sets, DateTimeOffset since) =>
        VisibleTo(db.TransactionCounts.Where(c => c.Hour >= since && c.Count > 0), actor, sets)
            .GroupBy(c => new { c.Hour, c.Stage }).Select(g => new FlowEntered(g.Key.Hour!.Value, g.Key.Stage, g.Sum(c => c.Count)));

    /// <summary>The hours of each stage, a zero where nothing came.</summary>
    public static IReadOnlyDictionary<TransactionStage, IReadOnlyList<HourValue>> Hours(
        IReadOnlyList<FlowEntered> entered, DateTimeOffset now)
    {
        var counts = entered.ToDictionary(e => (e.Stage, e.Hour), e => e.Count);
        return Enum.GetValues<TransactionStage>().ToDictionary(
            stage => stage, stage => HourSeries.From(now, hour => counts.GetValueOrDefault((stage, hour))));
    }

    /// <summary>Every stage in the order of the flow, those without a transaction too.</summary>
    public static IReadOnlyList<StageFlow> Stages(
        IReadOnlyList<FlowTotal> totals, IReadOnlyDictionary<TransactionStage, IReadOnlyList<HourValue>> hours)
    {
        var byStage = totals.ToLookup(total => total.Stage);
        return [.. Enum.GetValues<TransactionStage>().Select(stage => new StageFlow(
            stage,
            byStage[stage].Sum(total => total.Count),
            byStage[stage].Where(total => total.Health != TransactionHealth.Ok).Sum(total => total.Count),
            Sums.For(byStage[stage], total => total.Currency, total => total.Amount)) { Hours = hours[stage] })];
    }

    private static IQueryable<FlowTotal> Summed(IQueryable<TransactionCount> counts) =>
        counts.GroupBy(c => new { OfHours = c.Hour != null, c.Stage, c.Health, c.Currency }).Select(g => new FlowTotal(
            g.Key.OfHours, g.Key.Stage, g.Key.Health, g.Key.Currency, g.Sum(c => c.Count), g.Sum(c => c.Amount),
            g.Sum(c => c.Invoiced), g.Sum(c => c.Posted), g.Sum(c => c.Held), g.Sum(c => c.HeldCount)));

    private static IQueryable<TransactionCount> VisibleTo(IQueryable<TransactionCount> counts, Actor actor, string[]? sets)
    {
        counts = sets is null ? counts : counts.Where(c => sets.Contains(c.Sites));
        if (actor.LegalEntities.Count > 0)
        {
            var entities = actor.LegalEntities.ToArray();
            counts = counts.Where(c => entities.Contains(c.LegalEntity));
        }

        return counts;
    }
}

/// <param name="OfHours">Of the hours since then, not a current count.</param>
internal sealed record FlowTotal(
    bool OfHours, TransactionStage Stage, TransactionHealth Health, string Currency, int Count, decimal Amount, decimal Invoiced,
    decimal Posted, decimal Held, int HeldCount)
{
    /// <summary>As the list of held transactions counts them: stopped by a hold, or failed with money held.</summary>
    public int OnHold => Health == TransactionHealth.Held ? Count : HeldCount;
}

internal sealed record FlowEntered(DateTimeOffset Hour, TransactionStage Stage, int Count);
