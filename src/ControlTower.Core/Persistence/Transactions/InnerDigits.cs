namespace ControlTower.Core.Persistence.Transactions;

/// <summary>
/// The digits inside a number, by which people look for it: 10234 for <c>SO-10234-A</c>, 80001234 for <c>0080001234</c>.
/// </summary>
public static class InnerDigits
{
    /// <summary>Longer runs are cut; an SSCC has 18 digits.</summary>
    public const int Most = 32;

    /// <summary>Two digits are in too many numbers to find one by them.</summary>
    private const int Least = 3;

    /// <summary>
    /// The last run of at least three digits, of whose leading zeros those are dropped that three digits do not need. Empty when
    /// there is none, or when the number begins so: then its beginning finds it.
    /// </summary>
    public static string From(string number)
    {
        var run = LastRun(number);
        var digits = run.Length == 0 ? "" : Significant(run);
        return number.StartsWith(digits, StringComparison.Ordinal) ? "" : digits;
    }

    /// <summary>What such digits begin with when they are looked for by this text; null unless it is three or more digits.</summary>
    public static string? Sought(string text) => text.Length >= Least && text.All(char.IsAsciiDigit) ? Significant(text) : null;

    private static string Significant(string run)
    {
        var zeros = run.Length - run.TrimStart('0').Length;
        var digits = run[Math.Min(zeros, run.Length - Least)..];
        return digits.Length > Most ? digits[..Most] : digits;
    }

    private static string LastRun(string number)
    {
        for (var end = number.Length; end >= Least;)
        {
            var begin = end;
            while (begin > 0 && char.IsAsciiDigit(number[begin - 1]))
            {
                begin--;
            }

            if (end - begin >= Least)
            {
                return number[begin..end];
            }

            end = begin - 1;
        }

        return "";
    }
}
