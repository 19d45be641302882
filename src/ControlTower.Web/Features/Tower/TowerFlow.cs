using ControlTower.Core.Decisions;
using ControlTower.Core.Transactions;
using ControlTower.Web.Features.Transactions;

namespace ControlTower.Web.Features.Tower;

/// <summary>Counts and sums of the rows that the transactions' list shows, in one statement.</summary>
internal static class TowerFlow
{
    public static IQueryable<FlowTotal> Totals(IQueryable<TransactionRecord> visible) =>
        visible.GroupBy(t => new { t.Stage, t.Health, t.Currency }).Select(g => new FlowTotal(
            g.Key.Stage, g.Key.Health, g.Key.Currency, g.Count(), g.Sum(t => t.Amount), g.Sum(t => t.Invoiced), g.Sum(t => t.Posted), g.Sum(t => t.Held)));

    /// <summary>Every stage in the order of the flow, those without a transaction too.</summary>
    public static IReadOnlyList<StageFlow> Stages(IReadOnlyList<FlowTotal> totals)
    {
        var byStage = totals.ToLookup(total => total.Stage);
        return [.. Enum.GetValues<TransactionStage>().Select(stage => new StageFlow(
            stage,
            byStage[stage].Sum(total => total.Count),
            byStage[stage].Where(total => total.Health != TransactionHealth.Ok).Sum(total => total.Count),
            Sums.Of(byStage[stage], total => total.Currency, total => total.Amount)))];
    }
}

internal sealed record FlowTotal(
    TransactionStage Stage, TransactionHealth Health, string Currency, int Count, decimal Amount, decimal Invoiced, decimal Posted, decimal Held);

internal static class Sums
{
    /// <summary>One sum for each currency that has one, the greatest first.</summary>
    public static IReadOnlyList<Sum> Of<T>(IEnumerable<T> rows, Func<T, string?> currency, Func<T, decimal> amount) =>
    [
        .. rows.Where(row => !string.IsNullOrEmpty(currency(row)))
            .GroupBy(row => currency(row)!)
            .Select(group => new Sum(group.Key, Money.Trim(group.Sum(amount))))
            .Where(sum => sum.Amount != 0)
            .OrderByDescending(sum => sum.Amount)
            .ThenBy(sum => sum.Currency, StringComparer.Ordinal),
    ];
}
