using ControlTower.Sandbox.Books;

namespace ControlTower.Sandbox.Services;

/// <summary>Parts of a ledger that speak of one order, or all.</summary>
internal static class LedgerFilter
{
    public static List<T> Of<T>(this IEnumerable<T> effects, string? order)
        where T : Effect => [.. effects.Where(effect => order is null || effect.Order == order)];
}
