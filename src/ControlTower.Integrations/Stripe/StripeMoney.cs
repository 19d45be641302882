namespace ControlTower.Integrations.Stripe;

/// <summary>
/// Amounts as Stripe counts them: whole numbers of a minor unit that is mostly, not always, ISO 4217's. Source:
/// docs.stripe.com/currencies, "Zero-decimal currencies", "Three-decimal currencies" and "Special cases".
/// </summary>
internal static class StripeMoney
{
    /// <summary>Charged in whole units. MGA has two decimals in ISO 4217 and none here.</summary>
    private static readonly HashSet<string> WithoutDecimals = new(StringComparer.Ordinal)
    {
        "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF",
    };

    /// <summary>Charged in thousandths, the last digit of which must be zero.</summary>
    private static readonly HashSet<string> WithThreeDecimals = new(StringComparer.Ordinal) { "BHD", "JOD", "KWD", "OMR", "TND" };

    /// <summary>Have no decimals any more, and yet are written with two that are zero.</summary>
    private static readonly HashSet<string> WithTwoZeroes = new(StringComparer.Ordinal) { "ISK", "UGX" };

    /// <summary>
    /// The amount in Stripe's minor unit; null when Stripe cannot charge exactly that, because nothing is rounded.
    /// </summary>
    /// <param name="currency">ISO 4217, upper case.</param>
    public static long? ToMinor(decimal amount, string currency)
    {
        var scaled = amount * Scale(currency);
        var step = WithThreeDecimals.Contains(currency) ? 10 : WithTwoZeroes.Contains(currency) ? 100 : 1;
        return scaled % step == 0 && scaled is >= long.MinValue and <= long.MaxValue ? (long)scaled : null;
    }

    public static decimal FromMinor(long minor, string currency) => minor / Scale(currency);

    private static decimal Scale(string currency) =>
        WithoutDecimals.Contains(currency) ? 1m : WithThreeDecimals.Contains(currency) ? 1000m : 100m;
}
