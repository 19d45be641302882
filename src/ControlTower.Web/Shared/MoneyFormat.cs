using System.Globalization;

namespace ControlTower.Web.Shared;

/// <summary>Amounts in words: always with their currency.</summary>
public static class MoneyFormat
{
    public static string Of(decimal amount, string? currency, bool isShort = false) =>
        $"{(isShort ? Shortened(amount) : amount.ToString("#,0.00", CultureInfo.InvariantCulture))} {currency}".TrimEnd();

    private static string Shortened(decimal amount) => Math.Abs(amount) switch
    {
        >= 1_000_000 => (amount / 1_000_000).ToString("#,0.0", CultureInfo.InvariantCulture) + " M",
        >= 10_000 => (amount / 1_000).ToString("#,0.0", CultureInfo.InvariantCulture) + " k",
        _ => amount.ToString("#,0.00", CultureInfo.InvariantCulture),
    };
}
