using System.Globalization;

namespace ControlTower.Web.Shared;

/// <summary>Counts, quantities and shares as people read them.</summary>
public static class NumberFormat
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    public static string Count(int count) => count.ToString("N0", English);

    /// <summary>"1 message", "1,200 messages".</summary>
    public static string Count(int count, string one) => $"{Count(count)} {one}{(count == 1 ? "" : "s")}";

    public static string Quantity(decimal quantity) => quantity.ToString("#,0.######", English);

    /// <summary>"12.5%".</summary>
    public static string Percent(decimal share) => share.ToString("P1", English).Replace(" ", "", StringComparison.Ordinal);
}
