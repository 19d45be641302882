using ControlTower.Core.Decisions;
using ControlTower.Core.Outbox;
using ControlTower.Core.Persistence;
using ControlTower.Core.Transactions;

namespace ControlTower.Web.Features.Tower;

/// <summary>
/// The key figures. Cohorts are by the end event, cancelled orders left out (practice, "KPIs"): the latest five hundred, compared with the five hundred before.
/// </summary>
internal static class TowerFigures
{
    public const int Cohort = 500;

    public static IQueryable<Shipping> LatestShipped(IQueryable<TransactionRecord> visible) =>
        visible.Where(t => t.ShippedAt != null && t.OrderedAt != null && t.Stage != TransactionStage.Cancelled)
            .OrderByDescending(t => t.ShippedAt)
            .Take(2 * Cohort)
            .Select(t => new Shipping(t.OrderedAt!.Value, t.ShippedAt!.Value));

    /// <summary>Whether each of the latest deliveries was late, the latest first.</summary>
    public static IQueryable<bool> LatestDelivered(IQueryable<TransactionRecord> visible) =>
        visible.Where(t => t.DeliveredAt != null && t.RequestedDelivery != null && t.Stage != TransactionStage.Cancelled)
            .OrderByDescending(t => t.DeliveredAt)
            .Take(2 * Cohort)
            .Select(t => t.Late);

    public static IQueryable<MoneyMoved> AcceptedSince(TowerDbContext db, IQueryable<TransactionRecord> visible, DateTimeOffset since) =>
        from command in db.Commands
        where command.State == CommandState.Accepted && command.SettledAt >= since && command.Amount != null
            && (command.Kind == CommandKinds.CreateInvoice || command.Kind == CommandKinds.PostInvoice)
        join transaction in visible on command.TransactionId equals transaction.Id
        group command by new { command.Kind, command.Currency } into moved
        select new MoneyMoved(moved.Key.Kind, moved.Key.Currency, moved.Sum(c => c.Amount ?? 0));

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

internal sealed record MoneyMoved(string Kind, string? Currency, decimal Amount);
