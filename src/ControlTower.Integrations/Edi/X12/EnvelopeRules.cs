using System.Buffers.Text;
using System.Globalization;

namespace ControlTower.Integrations.Edi.X12;

/// <summary>Judges what opens and closes sets, groups and interchanges: versions, counts, control numbers.</summary>
/// <param name="rules">The partner's.</param>
internal sealed class EnvelopeRules(X12Rules rules)
{
    private readonly HashSet<string> _groupControls = new(StringComparer.Ordinal);
    private readonly HashSet<string> _setControls = new(StringComparer.Ordinal);

    public void OpensInterchange(X12InterchangeVerdict interchange, X12Segment isa)
    {
        _groupControls.Clear();
        HeaderRules.Check(isa, interchange, rules);
    }

    public void OpensGroup(X12GroupVerdict group, X12Segment gs)
    {
        _setControls.Clear();
        if (rules.Versions.Count > 0 && !rules.Versions.Any(version => group.Version.StartsWith(version, StringComparison.Ordinal)))
        {
            Add(group, X12FaultCode.GroupVersionUnsupported, $"GS08 is {X12Text.Shown(gs[8])}; taken are {string.Join(", ", rules.Versions)}.", refuses: true);
        }

        if (!_groupControls.Add(group.Control))
        {
            Add(group, X12FaultCode.GroupControlNumberRepeated, $"GS06 {X12Text.Shown(gs[6])} is there twice.", refuses: true);
        }
    }

    public void OpensSet(X12SetVerdict set, X12GroupVerdict group, SetRule? rule, X12Segment st)
    {
        if (rule is null || (rules.Sets.Count > 0 && !rules.Sets.Contains(set.Id)))
        {
            Add(set, X12FaultCode.SetUnsupported, $"Set {X12Text.Shown(st[1])} is not taken from this partner.", refuses: true);
        }
        else if (rule.GroupCode != group.Code)
        {
            Add(set, X12FaultCode.GroupCodeDiffers, $"A {set.Id} belongs into a group {rule.GroupCode}, not {group.Code}.", rules.Strict);
        }

        if (!_setControls.Add(set.Control))
        {
            Add(set, X12FaultCode.SetControlNumberRepeated, $"ST02 {X12Text.Shown(st[2])} is there twice in the group.", refuses: true);
        }
    }

    public void ClosesSet(X12SetVerdict set, X12Segment se)
    {
        if (!IsNumber(se[1], set.Segments))
        {
            Add(set, X12FaultCode.SegmentCountDiffers, $"SE01 of {set.Id} {set.Control} says {X12Text.Shown(se[1])} segments; there are {set.Segments}.", rules.Strict);
        }

        if (X12Text.Trimmed(se[2]) != set.Control)
        {
            Add(set, X12FaultCode.SetControlNumberDiffers, $"SE02 {X12Text.Shown(se[2])} is not ST02 {set.Control}.", rules.Strict);
        }
    }

    /// <summary>After all its segments were judged.</summary>
    public void JudgedSet(X12SetVerdict set)
    {
        if (set.SegmentFaults.Count > 0)
        {
            Add(set, X12FaultCode.SegmentsInError, $"{set.Id} {set.Control} has {set.SegmentFaults.Count} segments or elements in error.", rules.Strict);
        }
    }

    public void ClosesGroup(X12GroupVerdict group, X12Segment ge)
    {
        group.Declared = int.TryParse(X12Text.Trimmed(ge[1]), NumberStyles.None, CultureInfo.InvariantCulture, out var declared) ? declared : null;
        if (group.Declared != group.Sets.Count)
        {
            Add(group, X12FaultCode.SetCountDiffers, $"GE01 says {X12Text.Shown(ge[1])} sets; there are {group.Sets.Count}.", rules.Strict);
        }

        if (X12Text.Trimmed(ge[2]) != group.Control)
        {
            Add(group, X12FaultCode.GroupControlNumberDiffers, $"GE02 {X12Text.Shown(ge[2])} is not GS06 {group.Control}.", rules.Strict);
        }
    }

    public void ClosesInterchange(X12InterchangeVerdict interchange, X12Segment iea)
    {
        if (!IsNumber(iea[1], interchange.Groups.Count))
        {
            Add(interchange, X12FaultCode.GroupCountDiffers, $"IEA01 says {X12Text.Shown(iea[1])} groups; there are {interchange.Groups.Count}.", rules.Strict);
        }

        if (X12Text.Trimmed(iea[2]) != interchange.Header!.Control)
        {
            Add(interchange, X12FaultCode.InterchangeControlNumberDiffers, $"IEA02 {X12Text.Shown(iea[2])} is not ISA13 {interchange.Header.Control}.", rules.Strict);
        }
    }

    /// <summary>How the present segment is written, whatever it says.</summary>
    public void Form(X12InterchangeVerdict interchange, X12Reader reader)
    {
        if (reader.IsIndented)
        {
            Add(interchange, X12FaultCode.Indentation, $"Blanks stand before the segment at byte {reader.Offset}.", rules.Strict);
        }

        if (reader.IsWrapped)
        {
            Add(interchange, X12FaultCode.LineBreakInSegment, $"A line break stands within the segment at byte {reader.Offset}.", rules.Strict);
        }

        if (reader.IsUnterminated)
        {
            // Only the very last segment may lack it, and only IEA shows that nothing else does.
            Add(interchange, X12FaultCode.Unterminated, "The last segment has no terminator.", rules.Strict || !reader.Segment.Is("IEA"u8));
        }
    }

    private static bool IsNumber(ReadOnlySpan<byte> text, int expected) =>
        Utf8Parser.TryParse(text, out int number, out var used) && used == text.Length && number == expected && text[0] != '-' && text[0] != '+';

    private static void Add(X12SetVerdict set, X12FaultCode code, string sentence, bool refuses) => X12InterchangeVerdict.Add(set.Faults, new X12Fault(code, sentence, refuses));

    private static void Add(X12GroupVerdict group, X12FaultCode code, string sentence, bool refuses) => X12InterchangeVerdict.Add(group.Faults, new X12Fault(code, sentence, refuses));

    private static void Add(X12InterchangeVerdict interchange, X12FaultCode code, string sentence, bool refuses) =>
        X12InterchangeVerdict.Add(interchange.Faults, new X12Fault(code, sentence, refuses));
}
