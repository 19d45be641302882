namespace ControlTower.Integrations.Edi.X12;

/// <summary>
/// Reads a stream once and reports for each interchange, group and set where it is and whether it is accepted. Nothing
/// of a file may be processed before it is validated to its end: no part of a cut file counts. This class checks where
/// a segment is; its content is checked by the rules (<see cref="EnvelopeRules"/>, <see cref="SegmentRules"/>).
/// </summary>
public sealed partial class X12Validator
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

    private void OutOfPlace(X12Segment segment) =>
        Refuse(X12ErrorCode.SegmentOutOfPlace,
            $"Segment {X12Text.ForDisplay(segment.Id)} at byte {_reader.Offset} is outside of any set.");

    /// <summary>
    /// Data after an interchange's end counts as its error: the file is not what its sender intended.
    /// </summary>
    private void Refuse(X12ErrorCode code, string sentence)
    {
        if (_interchange is null && _results.Count == 0)
        {
            _results.Add(new X12InterchangeResult { End = _reader.End });
        }

        X12InterchangeResult.Add((_interchange ?? _results[^1]).Errors, new X12Error(code, sentence, Refuses: true));
    }
}
