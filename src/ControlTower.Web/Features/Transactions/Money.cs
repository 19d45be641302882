namespace ControlTower.Web.Features.Transactions;

/// <summary>Amounts as numbers for people and JSON.</summary>
internal static class Money
{
    /// <summary>The same amount without the zeros that a database column adds (12.3400 → 12.34).</summary>
    public static decimal Trim(decimal amount) => amount / 1.0000000000000000000000000000m;

    /// <inheritdoc cref="Trim(decimal)"/>
    public static decimal? Trim(decimal? amount) => amount is { } value ? Trim(value) : null;
}
