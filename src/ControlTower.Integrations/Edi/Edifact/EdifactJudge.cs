using System.Globalization;

namespace ControlTower.Integrations.Edi.Edifact;

/// <summary>Reads a stream once and says of each interchange and message where it lies and whether it is taken. Groups (UNG, UNE) are passed through.</summary>
public sealed class EdifactJudge
{
    private readonly EdifactReader _reader;
    private readonly EdifactRules _rules;
    private readonly List<EdifactInterchangeVerdict> _verdicts = [];
    private readonly HashSet<string> _references = new(StringComparer.Ordinal);
    private EdifactInterchangeVerdict? _interchange;
    private EdifactMessageVerdict? _message;
    private int _groups;
    private bool _inGroup;

    private EdifactJudge(Stream stream, EdifactRules rules)
    {
        _reader = new EdifactReader(stream);
        _rules = rules;
    }

    public static IReadOnlyList<EdifactInterchangeVerdict> Judge(Stream stream, EdifactRules rules) => new EdifactJudge(stream, rules).Run();

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

    private List<EdifactInterchangeVerdict> Run()
    {
        while (_reader.Read())
        {
            Take(_reader.Segment);
        }

        if (_reader.Fault is { } fault)
        {
            Interchange(EdifactFaultCode.Unreadable, $"{fault} (at byte {_reader.Offset})", refuses: true);
        }
        else if (_verdicts.Count == 0)
        {
            Interchange(EdifactFaultCode.Unreadable, "The file is empty.", refuses: true);
        }

        Close();
        return _verdicts;
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
            Interchange(EdifactFaultCode.Unterminated, "The last segment has no terminator.", _rules.Strict || segment.Tag != "UNZ");
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
        _interchange = new EdifactInterchangeVerdict
        {
            Sender = unb[2], SenderQualifier = unb[2, 2], Receiver = unb[3], ReceiverQualifier = unb[3, 2], Reference = unb[5], Delimiters = _reader.Delimiters, Segments = 1,
        };
        _verdicts.Add(_interchange);
        _references.Clear();
        (_groups, _inGroup) = (0, false);
        if (!unb[1].StartsWith("UNO", StringComparison.Ordinal))
        {
            Interchange(EdifactFaultCode.SyntaxUnsupported, $"UNB01 is {Shown(unb[1])} instead of UNOA to UNOZ.", refuses: true);
        }

        if (_rules.Sender is { } sender && sender != unb[2])
        {
            Interchange(EdifactFaultCode.SenderUnknown, $"The sender {Shown(unb[2])} is not this partner.", refuses: true);
        }

        if (_rules.Receiver is { } receiver && receiver != unb[3])
        {
            Interchange(EdifactFaultCode.ReceiverUnknown, $"The receiver {Shown(unb[3])} is not us.", refuses: true);
        }
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
        _message = new EdifactMessageVerdict { Reference = unh[1], Type = unh[2], Version = $"{unh[2, 2]}.{unh[2, 3]}", Offset = _reader.Offset, Segments = 1 };
        _interchange!.Messages.Add(_message);
        if (!_rules.Messages.Contains(_message.Type))
        {
            Message(EdifactFaultCode.MessageUnsupported, $"Message {Shown(_message.Type)} is not taken from this partner.", refuses: true);
        }

        if (!_references.Add(_message.Reference))
        {
            Message(EdifactFaultCode.MessageReferenceRepeated, $"UNH01 {Shown(_message.Reference)} is there twice.", refuses: true);
        }
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
        if (!Counts(segment[1], message.Segments))
        {
            Message(EdifactFaultCode.SegmentCountDiffers, $"UNT01 of {Shown(message.Reference)} says {Shown(segment[1])} segments; there are {message.Segments}.", _rules.Strict);
        }

        if (segment[2] != message.Reference)
        {
            Message(EdifactFaultCode.MessageReferenceDiffers, $"UNT02 {Shown(segment[2])} is not UNH01 {Shown(message.Reference)}.", _rules.Strict);
        }

        _message = null;
    }

    private void End(EdifactSegment unz)
    {
        var expected = _groups > 0 ? _groups : _interchange!.Messages.Count;
        if (_inGroup)
        {
            Interchange(EdifactFaultCode.GroupTrailerMissing, "A group ends without UNE.", refuses: true);
        }

        if (!Counts(unz[1], expected))
        {
            Interchange(EdifactFaultCode.InterchangeCountDiffers, $"UNZ01 says {Shown(unz[1])}; there are {expected}.", _rules.Strict);
        }

        if (unz[2] != _interchange!.Reference)
        {
            Interchange(EdifactFaultCode.InterchangeReferenceDiffers, $"UNZ02 {Shown(unz[2])} is not UNB05 {Shown(_interchange.Reference!)}.", _rules.Strict);
        }

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

        Interchange(EdifactFaultCode.InterchangeTrailerMissing, $"Interchange {Shown(_interchange.Reference ?? "")} ends without UNZ: it was cut.", refuses: true);
        _interchange = null;
    }

    private void MissTrailer()
    {
        Message(EdifactFaultCode.MessageTrailerMissing, $"{Shown(_message!.Type)} {Shown(_message.Reference)} ends without UNT.", refuses: true);
        _message = null;
    }

    private void OutOfPlace(EdifactSegment segment) => Interchange(
        EdifactFaultCode.SegmentOutOfPlace, $"Segment {Shown(segment.Tag)} at byte {_reader.Offset} stands outside of any message.", refuses: true);

    private static bool Counts(string text, int expected) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number == expected;

    private static string Shown(string text) =>
        string.Concat(text.Take(35).Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter));

    private void Message(EdifactFaultCode code, string sentence, bool refuses) => Add(_message!.Faults, new EdifactFault(code, sentence, refuses));

    private void Interchange(EdifactFaultCode code, string sentence, bool refuses)
    {
        if (_interchange is null && _verdicts.Count == 0)
        {
            _verdicts.Add(new EdifactInterchangeVerdict());
        }

        Add((_interchange ?? _verdicts[^1]).Faults, new EdifactFault(code, sentence, refuses));
    }

    private static void Add(List<EdifactFault> faults, EdifactFault fault)
    {
        if (faults.Count < 20 && !faults.Exists(known => known.Code == fault.Code))
        {
            faults.Add(fault);
        }
    }
}
