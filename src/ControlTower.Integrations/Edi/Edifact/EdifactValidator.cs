namespace ControlTower.Integrations.Edi.Edifact;

/// <summary>
/// Reads a stream once and reports for each interchange and message where it is and whether it is accepted. Groups
/// (UNG, UNE) are passed through.
/// </summary>
public sealed class EdifactValidator
{
    private readonly EdifactReader _reader;
    private readonly EdifactEnvelopeRules _envelope;
    private readonly List<EdifactInterchangeResult> _results = [];
    private EdifactInterchangeResult? _interchange;
    private EdifactMessageResult? _message;
    private int _groups;
    private bool _inGroup;

    private EdifactValidator(Stream stream, EdifactRules rules)
    {
        _reader = new EdifactReader(stream);
        _envelope = new EdifactEnvelopeRules(rules);
    }

    public static IReadOnlyList<EdifactInterchangeResult> Validate(Stream stream, EdifactRules rules) =>
        new EdifactValidator(stream, rules).Run();

    /// <summary>The segments of one message between UNH and UNT.</summary>
    public static IReadOnlyList<EdifactSegment> Read(ReadOnlyMemory<byte> bytes, EdifactDelimiters delimiters)
    {
        var reader = new EdifactReader(new MemoryStream(bytes.ToArray(), writable: false), delimiters);
        var segments = new List<EdifactSegment>();
        while (reader.Read())
        {
            if (reader.Segment.Tag is not ("UNH" or "UNT"))
            {
                segments.Add(reader.Segment);
            }
        }

        return segments;
    }

    private List<EdifactInterchangeResult> Run()
    {
        while (_reader.Read())
        {
            Take(_reader.Segment);
        }

        if (_reader.Error is { } error)
        {
            Refuse(EdifactErrorCode.Unreadable, $"{error} (at byte {_reader.Offset})");
        }
        else if (_results.Count == 0)
        {
            Refuse(EdifactErrorCode.Unreadable, "The file is empty.");
        }

        Close();
        return _results;
    }

    private void Take(EdifactSegment segment)
    {
        if (segment.Tag == "UNB")
        {
            Close();
            Open(segment);
            return;
        }

        if (_interchange is null)
        {
            OutOfPlace(segment);
            return;
        }

        _interchange.Segments++;
        if (_reader.IsUnterminated)
        {
            _envelope.Unterminated(_interchange, segment);
        }

        if (_message is not null)
        {
            InMessage(segment);
        }
        else
        {
            Between(segment);
        }
    }

    private void Open(EdifactSegment unb)
    {
        _interchange = new EdifactInterchangeResult
        {
            Syntax = unb[1], SyntaxVersion = unb[1, 2], Sender = unb[2], SenderQualifier = unb[2, 2], Receiver = unb[3],
            ReceiverQualifier = unb[3, 2], Reference = unb[5],
            Delimiters = _reader.Delimiters, Segments = 1,
        };
        _results.Add(_interchange);
        (_groups, _inGroup) = (0, false);
        _envelope.OpensInterchange(_interchange, unb);
    }

    private void Between(EdifactSegment segment)
    {
        switch (segment.Tag)
        {
            case "UNH":
                OpenMessage(segment);
                break;
            case "UNG" when !_inGroup:
                (_groups, _inGroup) = (_groups + 1, true);
                break;
            case "UNE" when _inGroup:
                _inGroup = false;
                break;
            case "UNZ":
                End(segment);
                break;
            default:
                OutOfPlace(segment);
                break;
        }
    }

    private void OpenMessage(EdifactSegment unh)
    {
        _message = new EdifactMessageResult { Reference = unh[1], Type = unh[2], Version = $"{unh[2, 2]}.{unh[2, 3]}",
            Offset = _reader.Offset, Segments = 1 };
        _interchange!.Messages.Add(_message);
        _envelope.OpensMessage(_message);
    }

    private void InMessage(EdifactSegment segment)
    {
        if (segment.Tag is "UNH" or "UNE" or "UNG" or "UNZ")
        {
            MissTrailer();
            Between(segment);
            return;
        }

        var message = _message!;
        message.Segments++;
        if (segment.Tag != "UNT")
        {
            return;
        }

        message.Length = checked((int)(_reader.End - message.Offset));
        _envelope.ClosesMessage(message, segment);
        _message = null;
    }

    private void End(EdifactSegment unz)
    {
        if (_inGroup)
        {
            Refuse(EdifactErrorCode.GroupTrailerMissing, "A group ends without UNE.");
        }

        _envelope.ClosesInterchange(_interchange!, _groups > 0 ? _groups : _interchange!.Messages.Count, unz);
        _interchange = null;
    }

    private void Close()
    {
        if (_interchange is null)
        {
            return;
        }

        if (_message is not null)
        {
            MissTrailer();
        }

        Refuse(EdifactErrorCode.InterchangeTrailerMissing,
            $"Interchange {EdifactText.ForDisplay(_interchange.Reference ?? "")} ends without UNZ: it was cut.");
        _interchange = null;
    }

    private void MissTrailer()
    {
        EdifactInterchangeResult.Add(_message!.Errors, new EdifactError(
            EdifactErrorCode.MessageTrailerMissing,
            $"{EdifactText.ForDisplay(_message.Type)} {EdifactText.ForDisplay(_message.Reference)} ends without UNT.", Refuses: true));
        _message = null;
    }

    private void OutOfPlace(EdifactSegment segment) =>
        Refuse(EdifactErrorCode.SegmentOutOfPlace,
            $"Segment {EdifactText.ForDisplay(segment.Tag)} at byte {_reader.Offset} is outside of any message.");

    private void Refuse(EdifactErrorCode code, string sentence)
    {
        if (_interchange is null && _results.Count == 0)
        {
            _results.Add(new EdifactInterchangeResult());
        }

        EdifactInterchangeResult.Add((_interchange ?? _results[^1]).Errors, new EdifactError(code, sentence, Refuses: true));
    }
}
