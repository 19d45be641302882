using ControlTower.Core.Kernel;

namespace ControlTower.Web.Shared;

/// <summary>An amount of one currency.</summary>
public sealed record Sum(string Currency, decimal Amount);

internal static class Sums
{
    /// <summary>One sum for each currency that has one, the greatest first.</summary>
    public static IReadOnlyList<Sum> For<T>(IEnumerable<T> rows, Func<T, string?> currency, Func<T, decimal> amount) =>
    [
        .. rows.Where(row => !string.IsNullOrEmpty(currency(row)))
            .GroupBy(row => currency(row)!)
            .Select(group => new Sum(group.Key, Money.Trim(group.Sum(amount))))
            .Where(sum => sum.Amount != 0)
            .OrderByDescending(sum => sum.Amount)
            .ThenBy(sum => sum.Currency, StringComparer.Ordinal),
    ];
}
