using System.Globalization;

namespace ControlTower.Web.Shared;

/// <summary>Amounts as people read them: with their currency, where they have one.</summary>
public static class MoneyFormat
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    /// <summary>"1,234.50 USD".</summary>
    public static string From(decimal amount, string? currency) => $"{amount.ToString("#,0.00", English)} {currency}".TrimEnd();

    /// <summary>"1,234.5678 USD": every figure that is kept.</summary>
    public static string Exact(decimal amount, string? currency) => $"{amount.ToString("#,0.00##", English)} {currency}".TrimEnd();

    /// <summary>"1.23 M USD": what can be read from across a room.</summary>
    public static string Short(decimal amount, string? currency) => Math.Abs(amount) switch
    {
        >= 999_950_000 => $"{(amount / 1_000_000_000).ToString("0.0#", English)} bn {currency}".TrimEnd(),
        >= 999_950 => $"{(amount / 1_000_000).ToString("0.0#", English)} M {currency}".TrimEnd(),
        >= 10_000 => $"{(amount / 1000).ToString("0.#", English)} k {currency}".TrimEnd(),
        _ => $"{amount.ToString("N0", English)} {currency}".TrimEnd(),
    };
}
