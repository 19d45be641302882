namespace ControlTower.Web.Features.Tower;

/// <summary>Ranks what needs somebody: money at risk for each hour that is left. The page shows the formula.</summary>
public static class Urgency
{
    public const string Formula = "Ranked by money at risk ÷ hours left; what is overdue counts as a quarter of an hour.";

    private const double LeastHours = 0.25;

    /// <summary>
    /// Amounts of different currencies are compared without conversion; a case without money ranks by its time alone.
    /// </summary>
    public static double For(decimal? amountAtRisk, DateTimeOffset dueAt, DateTimeOffset businessNow) =>
        Math.Max(1, (double)(amountAtRisk ?? 0)) / Math.Max(LeastHours, (dueAt - businessNow).TotalHours);
}
