using System.Buffers.Text;
using System.Globalization;

namespace ControlTower.Integrations.Edi.X12;

/// <summary>Validates what opens and closes sets, groups and interchanges: versions, counts, control numbers.</summary>
/// <param name="rules">The partner's.</param>
internal sealed class EnvelopeRules(X12Rules rules)
{
    private readonly HashSet<string> _groupControls = new(StringComparer.Ordinal);
    private readonly HashSet<string> _setControls = new(StringComparer.Ordinal);

    public void OpensInterchange(X12InterchangeResult interchange, X12Segment isa)
    {
        _groupControls.Clear();
        HeaderRules.Check(isa, interchange, rules);
    }

    public void OpensGroup(X12GroupResult group, X12Segment gs)
    {
        _setControls.Clear();
        if (rules.Versions.Count > 0 && !rules.Versions.Any(version => group.Version.StartsWith(version, StringComparison.Ordinal)))
        {
            Add(group, X12ErrorCode.GroupVersionUnsupported,
                $"GS08 is {X12Text.ForDisplay(gs[8])}; taken are {string.Join(", ", rules.Versions)}.", refuses: true);
        }

        if (!_groupControls.Add(group.Control))
        {
            Add(group, X12ErrorCode.GroupControlNumberRepeated, $"GS06 {X12Text.ForDisplay(gs[6])} is there twice.", refuses: true);
        }
    }

    public void OpensSet(X12SetResult set, X12GroupResult group, SetRule? rule, X12Segment st)
    {
        if (rule is null || (rules.Sets.Count > 0 && !rules.Sets.Contains(set.Id)))
        {
            Add(set, X12ErrorCode.SetUnsupported, $"Set {X12Text.ForDisplay(st[1])} is not taken from this partner.", refuses: true);
        }
        else if (rule.GroupCode != group.Code)
        {
            Add(set, X12ErrorCode.GroupCodeDiffers, $"A {set.Id} belongs into a group {rule.GroupCode}, not {group.Code}.", rules.Strict);
        }

        if (!_setControls.Add(set.Control))
        {
            Add(set, X12ErrorCode.SetControlNumberRepeated, $"ST02 {X12Text.ForDisplay(st[2])} is there twice in the group.",
                refuses: true);
        }
    }

    public void ClosesSet(X12SetResult set, X12Segment se)
    {
        if (!IsNumber(se[1], set.Segments))
        {
            Add(set, X12ErrorCode.SegmentCountDiffers,
                $"SE01 of {set.Id} {set.Control} states {X12Text.ForDisplay(se[1])} segments; there are {set.Segments}.", rules.Strict);
        }

        if (X12Text.Trimmed(se[2]) != set.Control)
        {
            Add(set, X12ErrorCode.SetControlNumberDiffers, $"SE02 {X12Text.ForDisplay(se[2])} is not ST02 {set.Control}.", rules.Strict);
        }
    }

    /// <summary>After all its segments were validated.</summary>
    public void ValidatedSet(X12SetResult set)
    {
        if (set.SegmentErrors.Count > 0)
        {
            Add(set, X12ErrorCode.SegmentsInError, $"{set.Id} {set.Control} has {set.SegmentErrors.Count} segments or elements in error.",
                rules.Strict);
        }
    }

    public void ClosesGroup(X12GroupResult group, X12Segment ge)
    {
        group.Declared = int.TryParse(X12Text.Trimmed(ge[1]), NumberStyles.None, CultureInfo.InvariantCulture, out var declared)
            ? declared
            : null;
        if (group.Declared != group.Sets.Count)
        {
            Add(group, X12ErrorCode.SetCountDiffers, $"GE01 states {X12Text.ForDisplay(ge[1])} sets; there are {group.Sets.Count}.",
                rules.Strict);
        }

        if (X12Text.Trimmed(ge[2]) != group.Control)
        {
            Add(group, X12ErrorCode.GroupControlNumberDiffers, $"GE02 {X12Text.ForDisplay(ge[2])} is not GS06 {group.Control}.",
                rules.Strict);
        }
    }

    public void ClosesInterchange(X12InterchangeResult interchange, X12Segment iea)
    {
        if (!IsNumber(iea[1], interchange.Groups.Count))
        {
            Add(interchange, X12ErrorCode.GroupCountDiffers,
                $"IEA01 states {X12Text.ForDisplay(iea[1])} groups; there are {interchange.Groups.Count}.", rules.Strict);
        }

        if (X12Text.Trimmed(iea[2]) != interchange.Header!.Control)
        {
            Add(interchange, X12ErrorCode.InterchangeControlNumberDiffers,
                $"IEA02 {X12Text.ForDisplay(iea[2])} is not ISA13 {interchange.Header.Control}.", rules.Strict);
        }
    }

    /// <summary>How the present segment is written, whatever its content.</summary>
    public void Form(X12InterchangeResult interchange, X12Reader reader)
    {
        if (reader.IsIndented)
        {
            Add(interchange, X12ErrorCode.Indentation, $"Blanks precede the segment at byte {reader.Offset}.", rules.Strict);
        }

        if (reader.IsWrapped)
        {
            Add(interchange, X12ErrorCode.LineBreakInSegment, $"A line break occurs within the segment at byte {reader.Offset}.",
                rules.Strict);
        }

        if (reader.IsUnterminated)
        {
            // Only the very last segment may lack it, and only for IEA is it certain that nothing else is missing.
            Add(interchange, X12ErrorCode.Unterminated, "The last segment has no terminator.", rules.Strict || !reader.Segment.Is("IEA"u8));
        }
    }

    private static bool IsNumber(ReadOnlySpan<byte> text, int expected) =>
        Utf8Parser.TryParse(text, out int number, out var used) && used == text.Length && number == expected && text[0] != '-'
            && text[0] != '+';

    private static void Add(X12SetResult set, X12ErrorCode code, string sentence, bool refuses) =>
        X12InterchangeResult.Add(set.Errors, new X12Error(code, sentence, refuses));

    private static void Add(X12GroupResult group, X12ErrorCode code, string sentence, bool refuses) =>
        X12InterchangeResult.Add(group.Errors, new X12Error(code, sentence, refuses));

    private static void Add(X12InterchangeResult interchange, X12ErrorCode code, string sentence, bool refuses) =>
        X12InterchangeResult.Add(interchange.Errors, new X12Error(code, sentence, refuses));
}
