namespace ControlTower.Integrations.Edi.X12;

/// <content>Begins and ends of interchanges, groups and sets.</content>
public sealed partial class X12Validator
{
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
}
