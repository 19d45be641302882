using ControlTower.Sandbox.Books;

namespace ControlTower.Sandbox.Services;

/// <summary>The parts of a ledger that concern one order, or all.</summary>
internal static class LedgerFilter
{
    public static List<T> Of<T>(this IEnumerable<T> effects, string? order)
        where T : Effect => [.. effects.Where(effect => order is null || effect.Order == order)];
}
