namespace ControlTower.Integrations.Edi.X12;

/// <summary>
/// Reads a stream once and says of each interchange, group and set where it lies and whether it is taken. Nothing of a
/// file may be acted upon before it is validated to its end: a file that was cut has no half that counts. This is where
/// a segment stands; what is right there is the rules' (<see cref="EnvelopeRules"/>, <see cref="SegmentRules"/>).
/// </summary>
public sealed class X12Validator
{
    private const int MaxSegmentErrors = 100;
    private const int MostAnswers = 100;
    private readonly X12Reader _reader;
    private readonly EnvelopeRules _envelope;
    private readonly List<X12InterchangeResult> _results = [];
    private readonly HashSet<uint> _seen = [];
    private X12InterchangeResult? _interchange;
    private X12GroupResult? _group;
    private X12SetResult? _set;
    private SetRule? _rule;
    private string _release = X12Releases.V4010;

    private X12Validator(Stream stream, X12Rules rules)
    {
        _reader = new X12Reader(stream);
        _envelope = new EnvelopeRules(rules);
    }

    /// <summary>One result for each interchange; for a stream that is none, one result without a header.</summary>
    public static IReadOnlyList<X12InterchangeResult> Validate(Stream stream, X12Rules rules) => new X12Validator(stream, rules).Run();

    private List<X12InterchangeResult> Run()
    {
        while (_reader.Read())
        {
            Take(_reader.Segment);
        }

        if (_reader.Error is { } error)
        {
            Refuse(X12ErrorCode.Unreadable, $"{error} (at byte {_reader.Offset})");
        }
        else if (_results.Count == 0)
        {
            Refuse(X12ErrorCode.Unreadable, "The file is empty.");
        }

        CutInterchange();
        return _results;
    }

    private void Take(X12Segment segment)
    {
        if (segment.Is("ISA"u8))
        {
            CutInterchange();
            OpenInterchange(segment);
            return;
        }

        if (_interchange is null)
        {
            OutOfPlace(segment);
            return;
        }

        _interchange.Segments++;
        if (!_reader.IsPlain)
        {
            _envelope.Form(_interchange, _reader);
        }

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

    private void InInterchange(X12Segment segment)
    {
        if (segment.Is("GS"u8))
        {
            OpenGroup(segment);
        }
        else if (segment.Is("IEA"u8))
        {
            _interchange!.End = _reader.End;
            _envelope.ClosesInterchange(_interchange, segment);
            _interchange = null;
        }
        else if (segment.Is("TA1"u8) && _interchange!.Answers.Count < MostAnswers)
        {
            _interchange.Answers.Add(X12Set.Line(segment));
        }
        else
        {
            OutOfPlace(segment);
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
            _envelope.ClosesGroup(_group!, segment);
            _group = null;
        }
        else if (segment.Is("IEA"u8) || segment.Is("GS"u8))
        {
            CutGroup();
            InInterchange(segment);
        }
        else
        {
            OutOfPlace(segment);
        }
    }

    private void InSet(X12Segment segment)
    {
        if (segment.Is("SE"u8))
        {
            CloseSet(segment);
            return;
        }

        if (segment.Is("ST"u8) || segment.Is("GE"u8) || segment.Is("IEA"u8) || segment.Is("GS"u8))
        {
            CutSet();
            InGroup(segment);
            return;
        }

        _set!.Segments++;
        if (_rule is not null)
        {
            var key = SegmentKey.From(segment.Id);
            _seen.Add(key);
            SegmentRules.Check(segment, key, _reader.Delimiters, _release, _rule, _set, MaxSegmentErrors);
        }
    }

    private void OpenInterchange(X12Segment isa)
    {
        _interchange = new X12InterchangeResult { Header = X12Header.From(isa), Delimiters = _reader.Delimiters, Offset = _reader.Offset,
            Segments = 1, End = _reader.End };
        _results.Add(_interchange);
        _envelope.Form(_interchange, _reader);
        _envelope.OpensInterchange(_interchange, isa);
    }

    private void OpenGroup(X12Segment gs)
    {
        _group = new X12GroupResult
        {
            Code = X12Text.Trimmed(gs[1]),
            Sender = X12Text.Trimmed(gs[2]),
            Receiver = X12Text.Trimmed(gs[3]),
            Date = X12Text.Trimmed(gs[4]),
            Time = X12Text.Trimmed(gs[5]),
            Control = X12Text.Trimmed(gs[6]),
            Version = X12Text.Trimmed(gs[8]),
        };
        _release = X12Releases.Find(_group.Version);
        _interchange!.Groups.Add(_group);
        _envelope.OpensGroup(_group, gs);
    }

    private void OpenSet(X12Segment st)
    {
        _set = new X12SetResult
        {
            Id = X12Text.Trimmed(st[1]), Control = X12Text.Trimmed(st[2]), Convention = X12Text.Trimmed(st[3]), Offset = _reader.Offset,
            Segments = 1,
        };
        _group!.Sets.Add(_set);
        _seen.Clear();
        _rule = SetRules.Find(_set.Id, _group.Version);
        _envelope.OpensSet(_set, _group, _rule, st);
    }

    private void CloseSet(X12Segment se)
    {
        var set = _set!;
        set.Segments++;
        set.Length = checked((int)(_reader.End - set.Offset));
        _envelope.ClosesSet(set, se);
        if (_rule is not null)
        {
            SegmentRules.CheckMandatory(_rule, _seen, set);
        }

        _envelope.ValidatedSet(set);
        _set = null;
    }

    /// <summary>It ends without its trailer, and so does all that is open in it.</summary>
    private void CutInterchange()
    {
        if (_interchange is null)
        {
            return;
        }

        if (_set is not null)
        {
            CutSet();
        }

        if (_group is not null)
        {
            CutGroup();
        }

        _interchange.End = _reader.End;
        Refuse(X12ErrorCode.InterchangeTrailerMissing, $"Interchange {_interchange.Header?.Control} ends without IEA: it was cut.");
        _interchange = null;
    }

    private void CutGroup()
    {
        X12InterchangeResult.Add(_group!.Errors, new X12Error(
            X12ErrorCode.GroupTrailerMissing, $"Group {_group.Control} ends without GE.", Refuses: true));
        _group = null;
    }

    private void CutSet()
    {
        _set!.Length = checked((int)Math.Max(0, _reader.Offset - _set.Offset));
        X12InterchangeResult.Add(_set.Errors, new X12Error(
            X12ErrorCode.SetTrailerMissing, $"{_set.Id} {_set.Control} ends without SE.", Refuses: true));
        _set = null;
    }

    private void OutOfPlace(X12Segment segment) =>
        Refuse(X12ErrorCode.SegmentOutOfPlace,
            $"Segment {X12Text.ForDisplay(segment.Id)} at byte {_reader.Offset} stands outside of any set.");

    /// <summary>What follows an interchange's end counts against it: its sender's file is not what was meant.</summary>
    private void Refuse(X12ErrorCode code, string sentence)
    {
        if (_interchange is null && _results.Count == 0)
        {
            _results.Add(new X12InterchangeResult { End = _reader.End });
        }

        X12InterchangeResult.Add((_interchange ?? _results[^1]).Errors, new X12Error(code, sentence, Refuses: true));
    }
}
