using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace ControlTower.Integrations.Edi.X12;

/// <summary>Typed values of elements. Null for what is not one.</summary>
internal static class X12Values
{
    private static readonly SearchValues<byte> OfNumbers = SearchValues.Create("0123456789."u8);

    /// <summary>CCYYMMDD, or YYMMDD of this century.</summary>
    public static DateOnly? Date(ReadOnlySpan<byte> value)
    {
        if (value.Length is not (8 or 6) || value.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            return null;
        }

        var number = 0;
        foreach (var digit in value)
        {
            number = (10 * number) + digit - '0';
        }

        var (year, month, day) = (number / 10000 + (value.Length == 6 ? 2000 : 0), number / 100 % 100, number % 100);
        return year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;
    }

    public static DateOnly? Date(string value) => Date(System.Text.Encoding.UTF8.GetBytes(value));

    /// <summary>HHMM, HHMMSS or HHMMSSD to HHMMSSDD.</summary>
    public static bool IsTime(ReadOnlySpan<byte> value) => value.Length is 4 or >= 6 and <= 8
        && value.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0
        && (10 * (value[0] - '0')) + value[1] - '0' <= 23 && value[2] <= '5' && (value.Length == 4 || value[4] <= '5');

    public static TimeOnly? Time(string value)
    {
        if (!IsTime(System.Text.Encoding.UTF8.GetBytes(value)))
        {
            return null;
        }

        return new TimeOnly(int.Parse(value[..2]), int.Parse(value[2..4]), value.Length >= 6 ? int.Parse(value[4..6]) : 0);
    }

    /// <summary>
    /// A decimal number (R), or a whole one (N0 to N9, whose point is implied by its reader), below 10^13: two of them
    /// can be multiplied.
    /// </summary>
    public static decimal? Number(ReadOnlySpan<byte> value, bool hasPoint)
    {
        var from = value.Length > 0 && value[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        var digits = value[Math.Min(from, value.Length)..];
        return digits.IsEmpty || digits.Length > 28 || digits.IndexOfAnyExcept(OfNumbers) >= 0
            || digits.Count((byte)'.') > (hasPoint ? 1 : 0) || digits.IndexOfAnyInRange((byte)'0', (byte)'9') < 0
            || !Utf8Parser.TryParse(digits, out decimal number, out var used) || used != digits.Length || number >= 10_000_000_000_000m
                ? null
                : value[0] == '-' ? -number : number;
    }

    public static decimal? Number(string value, bool hasPoint = true) => Number(System.Text.Encoding.UTF8.GetBytes(value), hasPoint);

    public static int Digits(ReadOnlySpan<byte> value)
    {
        var count = 0;
        foreach (var letter in value)
        {
            count += letter is >= (byte)'0' and <= (byte)'9' ? 1 : 0;
        }

        return count;
    }

    public static string Text(DateOnly date) => date.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    public static string Text(decimal number) => number.ToString("0.##########", CultureInfo.InvariantCulture);

    /// <summary>N2: the point two places from the right is implied.</summary>
    public static string Cents(decimal amount) =>
        decimal.Round(amount * 100, 0, MidpointRounding.AwayFromZero).ToString("0", CultureInfo.InvariantCulture);
}
