using System.Globalization;
using System.Text;

namespace ControlTower.Web.Shared.Kit.Charts;

/// <summary>The line of a sparkline, in whole units: a live update sends some hundred bytes.</summary>
internal static class SparklinePath
{
    public const int Width = 96;
    public const int Height = 24;

    /// <summary>Space for the stroke at both edges.</summary>
    private const int Edge = 2;

    /// <summary>From zero at the bottom to the highest value at the top; broken where nothing is known.</summary>
    public static string From(IReadOnlyList<HourValue> values)
    {
        var most = values.Max(value => value.Value) ?? 0;
        var path = new StringBuilder();
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i].Value is { } value)
            {
                var begins = i == 0 || values[i - 1].Value is null;
                path.Append(CultureInfo.InvariantCulture, $"{(begins ? "M" : "L")}{X(i, values.Count)} {Y(value, most)}");

                // One hour alone is a dash, which is seen at every width.
                path.Append(begins && (i == values.Count - 1 || values[i + 1].Value is null) ? "h1" : "");
            }
        }

        return path.ToString();
    }

    private static int X(int index, int count) => count == 1 ? Width / 2 : Edge + (index * (Width - (2 * Edge)) / (count - 1));

    private static int Y(decimal value, decimal most) =>
        Height - Edge - (most <= 0 ? 0 : (int)Math.Round(value * (Height - (2 * Edge)) / most));
}
