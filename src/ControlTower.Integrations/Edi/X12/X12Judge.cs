using System.Buffers.Text;

namespace ControlTower.Integrations.Edi.X12;

/// <summary>
/// Reads a stream once and says of each interchange, group and set where it lies and whether it is taken. Nothing of a file may be acted upon before it is
/// judged to its end: a file that was cut has no half that counts.
/// </summary>
public sealed class X12Judge
{
    private const int MostSegmentFaults = 100;
    private readonly X12Reader _reader;
    private readonly X12Rules _rules;
    private readonly List<X12InterchangeVerdict> _verdicts = [];
    private readonly HashSet<string> _groupControls = new(StringComparer.Ordinal);
    private readonly HashSet<string> _setControls = new(StringComparer.Ordinal);
    private readonly HashSet<uint> _seen = [];
    private X12InterchangeVerdict? _interchange;
    private X12GroupVerdict? _group;
    private X12SetVerdict? _set;
    private SetRule? _rule;

    private X12Judge(Stream stream, X12Rules rules)
    {
        _reader = new X12Reader(stream);
        _rules = rules;
    }

    /// <summary>One verdict for each interchange; for a stream that is none, one verdict without a header.</summary>
    public static IReadOnlyList<X12InterchangeVerdict> Judge(Stream stream, X12Rules rules) => new X12Judge(stream, rules).Run();

    private List<X12InterchangeVerdict> Run()
    {
        while (_reader.Read())
        {
            Take(_reader.Segment);
        }

        if (_reader.Fault is { } fault)
        {
            Interchange(new X12Fault(X12FaultCode.Unreadable, $"{fault} (at byte {_reader.Offset})", Refuses: true));
        }
        else if (_verdicts.Count == 0)
        {
            Interchange(new X12Fault(X12FaultCode.Unreadable, "The file is empty.", Refuses: true));
        }

        CloseInterchange();
        return _verdicts;
    }

    private void Take(X12Segment segment)
    {
        if (segment.Is("ISA"u8))
        {
            CloseInterchange();
            OpenInterchange(segment);
            return;
        }

        if (_interchange is null)
        {
            OutOfPlace(segment);
            return;
        }

        _interchange.Segments++;
        CheckForm();
        if (_set is not null)
        {
            InSet(segment);
        }
        else if (_group is not null)
        {
            InGroup(segment);
        }
        else
        {
            InInterchange(segment);
        }
    }

    private void OpenInterchange(X12Segment isa)
    {
        _interchange = new X12InterchangeVerdict { Header = X12Header.Of(isa), Delimiters = _reader.Delimiters, Offset = _reader.Offset, Segments = 1, End = _reader.End };
        _verdicts.Add(_interchange);
        _groupControls.Clear();
        CheckForm();
        HeaderRules.Check(isa, _interchange, _rules);
    }

    private void InInterchange(X12Segment segment)
    {
        if (segment.Is("GS"u8))
        {
            OpenGroup(segment);
        }
        else if (segment.Is("IEA"u8))
        {
            EndInterchange(segment);
        }
        else if (!segment.Is("TA1"u8))
        {
            OutOfPlace(segment);
        }
    }

    private void OpenGroup(X12Segment gs)
    {
        _group = new X12GroupVerdict
        {
            Code = X12Text.Trimmed(gs[1]),
            Sender = X12Text.Trimmed(gs[2]),
            Receiver = X12Text.Trimmed(gs[3]),
            Date = X12Text.Trimmed(gs[4]),
            Time = X12Text.Trimmed(gs[5]),
            Control = X12Text.Trimmed(gs[6]),
            Version = X12Text.Trimmed(gs[8]),
        };
        _interchange!.Groups.Add(_group);
        _setControls.Clear();
        if (_rules.Versions.Count > 0 && !_rules.Versions.Any(version => _group.Version.StartsWith(version, StringComparison.Ordinal)))
        {
            Group(X12FaultCode.GroupVersionUnsupported, $"GS08 is {X12Text.Shown(gs[8])}; taken are {string.Join(", ", _rules.Versions)}.", refuses: true);
        }

        if (!_groupControls.Add(_group.Control))
        {
            Group(X12FaultCode.GroupControlNumberRepeated, $"GS06 {X12Text.Shown(gs[6])} is there twice.", refuses: true);
        }
    }

    private void InGroup(X12Segment segment)
    {
        if (segment.Is("ST"u8))
        {
            OpenSet(segment);
        }
        else if (segment.Is("GE"u8))
        {
            EndGroup(segment);
        }
        else if (segment.Is("IEA"u8) || segment.Is("GS"u8))
        {
            MissGroupTrailer();
            InInterchange(segment);
        }
        else
        {
            OutOfPlace(segment);
        }
    }

    private void OpenSet(X12Segment st)
    {
        _set = new X12SetVerdict { Id = X12Text.Trimmed(st[1]), Control = X12Text.Trimmed(st[2]), Offset = _reader.Offset, Segments = 1 };
        _group!.Sets.Add(_set);
        _seen.Clear();
        _rule = SetRules.Find(_set.Id);
        if (_rule is null || (_rules.Sets.Count > 0 && !_rules.Sets.Contains(_set.Id)))
        {
            Set(X12FaultCode.SetUnsupported, $"Set {X12Text.Shown(st[1])} is not taken from this partner.", refuses: true);
        }
        else if (_rule.GroupCode != _group.Code)
        {
            Set(X12FaultCode.GroupCodeDiffers, $"A {_set.Id} belongs into a group {_rule.GroupCode}, not {_group.Code}.", _rules.Strict);
        }

        if (!_setControls.Add(_set.Control))
        {
            Set(X12FaultCode.SetControlNumberRepeated, $"ST02 {X12Text.Shown(st[2])} is there twice in the group.", refuses: true);
        }
    }

    private void InSet(X12Segment segment)
    {
        if (segment.Is("SE"u8))
        {
            EndSet(segment);
            return;
        }

        if (segment.Is("ST"u8) || segment.Is("GE"u8) || segment.Is("IEA"u8) || segment.Is("GS"u8))
        {
            MissSetTrailer();
            InGroup(segment);
            return;
        }

        _set!.Segments++;
        if (_rule is not null)
        {
            var key = SegmentKey.Of(segment.Id);
            _seen.Add(key);
            SegmentRules.Check(segment, key, _reader.Delimiters, _rule, _set, MostSegmentFaults);
        }
    }

    private void EndSet(X12Segment se)
    {
        var set = _set!;
        set.Segments++;
        set.Length = checked((int)(_reader.End - set.Offset));
        if (!IsNumber(se[1], set.Segments))
        {
            Set(X12FaultCode.SegmentCountDiffers, $"SE01 of {set.Id} {set.Control} says {X12Text.Shown(se[1])} segments; there are {set.Segments}.", _rules.Strict);
        }

        if (X12Text.Trimmed(se[2]) != set.Control)
        {
            Set(X12FaultCode.SetControlNumberDiffers, $"SE02 {X12Text.Shown(se[2])} is not ST02 {set.Control}.", _rules.Strict);
        }

        if (_rule is not null)
        {
            SegmentRules.CheckMandatory(_rule, _seen, set);
        }

        if (set.SegmentFaults.Count > 0)
        {
            Set(X12FaultCode.SegmentsInError, $"{set.Id} {set.Control} has {set.SegmentFaults.Count} segments or elements in error.", _rules.Strict);
        }

        _set = null;
    }

    private void EndGroup(X12Segment ge)
    {
        var group = _group!;
        group.Declared = int.TryParse(X12Text.Trimmed(ge[1]), System.Globalization.NumberStyles.None, null, out var declared) ? declared : null;
        if (group.Declared != group.Sets.Count)
        {
            Group(X12FaultCode.SetCountDiffers, $"GE01 says {X12Text.Shown(ge[1])} sets; there are {group.Sets.Count}.", _rules.Strict);
        }

        if (X12Text.Trimmed(ge[2]) != group.Control)
        {
            Group(X12FaultCode.GroupControlNumberDiffers, $"GE02 {X12Text.Shown(ge[2])} is not GS06 {group.Control}.", _rules.Strict);
        }

        _group = null;
    }

    private void EndInterchange(X12Segment iea)
    {
        var interchange = _interchange!;
        interchange.End = _reader.End;
        if (!IsNumber(iea[1], interchange.Groups.Count))
        {
            Interchange(X12FaultCode.GroupCountDiffers, $"IEA01 says {X12Text.Shown(iea[1])} groups; there are {interchange.Groups.Count}.", _rules.Strict);
        }

        if (X12Text.Trimmed(iea[2]) != interchange.Header!.Control)
        {
            Interchange(X12FaultCode.InterchangeControlNumberDiffers, $"IEA02 {X12Text.Shown(iea[2])} is not ISA13 {interchange.Header.Control}.", _rules.Strict);
        }

        _interchange = null;
    }

    private void CloseInterchange()
    {
        if (_interchange is null)
        {
            return;
        }

        if (_set is not null)
        {
            MissSetTrailer();
        }

        if (_group is not null)
        {
            MissGroupTrailer();
        }

        _interchange.End = _reader.End;
        Interchange(X12FaultCode.InterchangeTrailerMissing, $"Interchange {_interchange.Header?.Control} ends without IEA: it was cut.", refuses: true);
        _interchange = null;
    }

    private void MissSetTrailer()
    {
        _set!.Length = checked((int)Math.Max(0, _reader.Offset - _set.Offset));
        Set(X12FaultCode.SetTrailerMissing, $"{_set.Id} {_set.Control} ends without SE.", refuses: true);
        _set = null;
    }

    private void MissGroupTrailer()
    {
        Group(X12FaultCode.GroupTrailerMissing, $"Group {_group!.Control} ends without GE.", refuses: true);
        _group = null;
    }

    private void OutOfPlace(X12Segment segment) => Interchange(
        X12FaultCode.SegmentOutOfPlace, $"Segment {X12Text.Shown(segment.Id)} at byte {_reader.Offset} stands outside of any set.", refuses: true);

    private void CheckForm()
    {
        if (_reader.IsIndented)
        {
            Interchange(X12FaultCode.Indentation, $"Blanks stand before the segment at byte {_reader.Offset}.", _rules.Strict);
        }

        if (_reader.IsWrapped)
        {
            Interchange(X12FaultCode.LineBreakInSegment, $"A line break stands within the segment at byte {_reader.Offset}.", _rules.Strict);
        }

        if (_reader.IsUnterminated)
        {
            // Only the very last segment may lack it, and only IEA shows that nothing else does.
            Interchange(X12FaultCode.Unterminated, "The last segment has no terminator.", _rules.Strict || !_reader.Segment.Is("IEA"u8));
        }
    }

    private static bool IsNumber(ReadOnlySpan<byte> text, int expected) =>
        Utf8Parser.TryParse(text, out int number, out var used) && used == text.Length && number == expected && text[0] != '-' && text[0] != '+';

    private void Set(X12FaultCode code, string sentence, bool refuses) => X12InterchangeVerdict.Add(_set!.Faults, new X12Fault(code, sentence, refuses));

    private void Group(X12FaultCode code, string sentence, bool refuses) => X12InterchangeVerdict.Add(_group!.Faults, new X12Fault(code, sentence, refuses));

    private void Interchange(X12FaultCode code, string sentence, bool refuses) => Interchange(new X12Fault(code, sentence, refuses));

    /// <summary>What stands behind an interchange's end counts against it: its sender's file is not what he meant.</summary>
    private void Interchange(X12Fault fault)
    {
        if (_interchange is null && _verdicts.Count == 0)
        {
            _verdicts.Add(new X12InterchangeVerdict { End = _reader.End });
        }

        X12InterchangeVerdict.Add((_interchange ?? _verdicts[^1]).Faults, fault);
    }
}
