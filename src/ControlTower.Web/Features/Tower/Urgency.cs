using ControlTower.Web.Features.Tower.Needs;
using ControlTower.Web.Shared;

namespace ControlTower.Web.Features.Tower;

/// <summary>Ranks what needs somebody: money for each hour that is left. The page shows the formula.</summary>
public static class Urgency
{
    public const string Formula =
        "Ranked by money ÷ hours left. What is overdue counts as a quarter of an hour, what has no time as a day, "
        + "a system that cannot be used as 10,000, one that is degraded or paused as 1,000 and a silent one as 100, all overdue.";

    /// <summary>What waits behind a system that takes nothing, as if it were money.</summary>
    public const decimal SystemDown = 10_000;

    /// <summary>The same of a system that works in part, or that a person paused.</summary>
    public const decimal SystemTrouble = 1_000;

    /// <summary>The same of a system that may have nothing to report.</summary>
    public const decimal SystemSilent = 100;

    private const double LeastHours = 0.25;
    private const double HoursWithoutTime = 24;

    /// <summary>
    /// Amounts of different currencies are compared without conversion; a case without money ranks by its time alone.
    /// </summary>
    public static double For(decimal? amountAtRisk, DateTimeOffset? dueAt, DateTimeOffset businessNow) =>
        Math.Max(1, (double)(amountAtRisk ?? 0))
        / Math.Max(LeastHours, dueAt is { } due ? (due - businessNow).TotalHours : HoursWithoutTime);

    /// <summary>Of several amounts, each of its currency.</summary>
    public static double For(IReadOnlyList<Sum> money, DateTimeOffset? dueAt, DateTimeOffset businessNow) =>
        For(money.Sum(sum => sum.Amount), dueAt, businessNow);

    /// <summary>
    /// The most urgent first; of equals by kind, in the order of <see cref="NeedKind"/>. What the viewer cannot act on
    /// themselves comes last, whatever its money is.
    /// </summary>
    public static IReadOnlyList<Need> Rank(IEnumerable<Need> needs) =>
    [
        .. needs.OrderBy(need => need.IsQuiet).ThenByDescending(need => need.Urgency).ThenBy(need => need.Kind)
            .ThenBy(need => need.Key, StringComparer.Ordinal),
    ];
}
