namespace ControlTower.Core.Kernel;

/// <summary>Amounts in a currency's minor unit. Source: ISO 4217 list one, column "minor unit"; all others have two decimals.</summary>
public static class Money
{
    private static readonly HashSet<string> WithoutDecimals = new(StringComparer.Ordinal)
    {
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF",
    };

    private static readonly HashSet<string> WithThreeDecimals = new(StringComparer.Ordinal) {
        "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND" };

    public static int Decimals(string currency) =>
        WithoutDecimals.Contains(currency) ? 0 : WithThreeDecimals.Contains(currency) ? 3 : currency is "CLF" or "UYW" ? 4 : 2;

    /// <summary>To the minor unit, half away from zero.</summary>
    public static decimal Round(decimal amount, string currency) => Math.Round(amount, Decimals(currency), MidpointRounding.AwayFromZero);

    /// <summary>
    /// What is owed of a line for the first <paramref name="cumulative"/> of its <paramref name="ordered"/> units.
    /// Parts are differences of two of these, so they add up to the line (open connector, "Amounts").
    /// </summary>
    public static decimal Share(decimal lineAmount, decimal cumulative, decimal ordered, string currency) =>
        cumulative >= ordered ? Round(lineAmount, currency) : Round(lineAmount * (cumulative / ordered), currency);

    /// <summary>The same amount without the zeros that a database column adds (12.3400 → 12.34).</summary>
    public static decimal Trim(decimal amount) => amount / 1.0000000000000000000000000000m;

    /// <inheritdoc cref="Trim(decimal)"/>
    public static decimal? Trim(decimal? amount) => amount is { } value ? Trim(value) : null;
}
