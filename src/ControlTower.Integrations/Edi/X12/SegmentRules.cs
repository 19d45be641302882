using System.Collections.Frozen;

namespace ControlTower.Integrations.Edi.X12;

/// <param name="Reference">Number in the data dictionary.</param>
/// <param name="Kind">AN, ID, R, N, DT or TM.</param>
internal sealed record ElementRule(int Position, string Reference, string Kind, int Least, int Most, bool IsMandatory);

/// <summary>
/// Validates a segment of a set: that it is of the set, and that the elements which are read from it hold what they
/// must.
/// </summary>
internal static class SegmentRules
{
    /// <summary>None of the elements that are read may repeat.</summary>
    private const string TooManyRepetitions = "12";

    private static readonly FrozenDictionary<string, FrozenDictionary<uint, ElementRule[]>> Elements = X12Releases.All.ToFrozenDictionary(
        release => release, Load);

    public static void Check(
        X12Segment segment, uint key, X12Delimiters delimiters, string release, SetRule rule, X12SetResult set, int most)
    {
        if (!rule.Known.Contains(key))
        {
            Add(set, most, new X12SegmentError(X12Text.ForDisplay(segment.Id), set.Segments, SetRules.AllSegments.Contains(key)
                ? "6"
                : "1"));
            return;
        }

        if (segment.Bytes.IndexOfAnyInRange((byte)0, (byte)31) >= 0 && FirstOdd(segment, delimiters) is > 0 and var odd)
        {
            Add(set, most, new X12SegmentError(X12Text.ForDisplay(segment.Id), set.Segments, "8", odd, null, "6"));
        }

        if (Elements[release].TryGetValue(key, out var elements))
        {
            foreach (var element in elements)
            {
                CheckElement(segment, element, delimiters, set, most);
            }
        }
    }

    public static void CheckMandatory(SetRule rule, HashSet<uint> seen, X12SetResult set)
    {
        foreach (var segment in rule.Mandatory)
        {
            if (!seen.Contains(SegmentKey.From(segment)))
            {
                set.SegmentErrors.Add(new X12SegmentError(segment, set.Segments, "3"));
            }
        }
    }

    private static void CheckElement(X12Segment segment, ElementRule rule, X12Delimiters delimiters, X12SetResult set, int most)
    {
        var value = segment[rule.Position];
        var code = value.IsEmpty
            ? rule.IsMandatory ? "1" : null
            : delimiters.Repetition.IndexIn(value) >= 0 ? TooManyRepetitions : CodeOf(value, rule);
        if (code is not null)
        {
            Add(set, most, new X12SegmentError(
                X12Text.ForDisplay(segment.Id), set.Segments, "8", rule.Position, rule.Reference, code, value.IsEmpty
                    ? null
                    : X12Text.ForDisplay(value)));
        }
    }

    private static string? CodeOf(ReadOnlySpan<byte> value, ElementRule rule) => rule.Kind switch
    {
        "DT" => X12Values.Date(value) is null ? "8" : null,
        "TM" => X12Values.IsTime(value) ? null : "9",
        "R" or "N" when X12Values.Number(value, rule.Kind == "R") is null => "6",
        "R" or "N" => X12Values.Digits(value) > rule.Most ? "5" : null,
        _ => X12Text.Length(value) is var length && length < rule.Least ? "4" : length > rule.Most ? "5" : null,
    };

    /// <summary>The first element with a control character that is no separator; 0 when there is none.</summary>
    private static int FirstOdd(X12Segment segment, X12Delimiters delimiters)
    {
        for (var i = 1; i <= segment.Count; i++)
        {
            foreach (var value in segment[i])
            {
                if (value < ' ' && !delimiters.Has(value))
                {
                    return i;
                }
            }
        }

        return 0;
    }

    private static void Add(X12SetResult set, int most, X12SegmentError error)
    {
        if (set.SegmentErrors.Count < most)
        {
            set.SegmentErrors.Add(error);
        }
    }

    /// <summary>The definition of a position in a later release replaces the earlier one.</summary>
    private static FrozenDictionary<uint, ElementRule[]> Load(string release) => EdiData.Lines("elements.txt", release)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .GroupBy(tokens => SegmentKey.From(tokens[0]))
        .ToFrozenDictionary(
            lines => lines.Key,
            lines => lines.SelectMany(tokens => tokens[1..].Select(Parse)).GroupBy(rule => rule.Position).Select(rules => rules.Last())
                .OrderBy(rule => rule.Position).ToArray());

    /// <summary><c>3:324:AN:1:22:M</c>.</summary>
    private static ElementRule Parse(string token)
    {
        var parts = token.Split(':');
        return new ElementRule(int.Parse(parts[0]), parts[1], parts[2], int.Parse(parts[3]), int.Parse(parts[4]), parts.Length > 5
            && parts[5] == "M");
    }
}
