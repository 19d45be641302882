using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Web.Features.Transactions;

namespace ControlTower.Web.Features.Tower;

/// <summary>
/// The key figures. Cohorts are by the end event, cancelled orders left out (practice, "KPIs"): the latest five
/// hundred, compared with the five hundred before.
/// </summary>
internal static class TowerFigures
{
    public const int Cohort = 500;

    /// <summary>
    /// For a viewer who sees a part only: how many of the latest are searched for those that they see. A small site's
    /// cohort is smaller, and the page shows its size.
    /// </summary>
    private const int LookedThrough = 10_000;

    public static IQueryable<Shipping> LatestShipped(TowerDbContext db, Actor actor) =>
        db.Transactions.Where(t => t.ShippedAt != null && t.OrderedAt != null && t.Stage != TransactionStage.Cancelled)
            .OrderByDescending(t => t.ShippedAt).Take(Window(actor)).VisibleTo(actor, db)
            .OrderByDescending(t => t.ShippedAt).Take(2 * Cohort)
            .Select(t => new Shipping(t.OrderedAt!.Value, t.ShippedAt!.Value));

    /// <summary>Whether each of the latest deliveries was late, the latest first.</summary>
    public static IQueryable<bool> LatestDelivered(TowerDbContext db, Actor actor) =>
        db.Transactions.Where(t => t.DeliveredAt != null && t.RequestedDelivery != null && t.Stage != TransactionStage.Cancelled)
            .OrderByDescending(t => t.DeliveredAt).Take(Window(actor)).VisibleTo(actor, db)
            .OrderByDescending(t => t.DeliveredAt).Take(2 * Cohort)
            .Select(t => t.DeliveredAt > t.RequestedDelivery);

    private static int Window(Actor actor) => actor.Sites.Count > 0 || actor.LegalEntities.Count > 0 ? LookedThrough : 2 * Cohort;

    /// <summary>Medians of the first cohort and of the second, in the order given.</summary>
    public static Trend<TimeSpan> Median(IReadOnlyList<TimeSpan> durations) =>
        new(MedianOf(durations.Take(Cohort)), MedianOf(durations.Skip(Cohort)), Math.Min(Cohort, durations.Count));

    public static Trend<decimal> Share(IReadOnlyList<bool> late) =>
        new(ShareOf([.. late.Take(Cohort)]), ShareOf([.. late.Skip(Cohort)]), Math.Min(Cohort, late.Count));

    private static TimeSpan? MedianOf(IEnumerable<TimeSpan> durations)
    {
        var sorted = durations.Order().ToArray();
        return sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static decimal? ShareOf(bool[] late) => late.Length == 0 ? null : (decimal)late.Count(l => l) / late.Length;
}

internal sealed record Shipping(DateTimeOffset OrderedAt, DateTimeOffset ShippedAt);
