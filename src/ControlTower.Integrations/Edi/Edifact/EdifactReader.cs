using System.Text;
using System.Text.Unicode;

namespace ControlTower.Integrations.Edi.Edifact;

/// <summary>
/// Cuts a stream into EDIFACT segments, forward only. UNA is honoured, the release character taken out, line breaks between and within segments left out.
/// </summary>
public sealed class EdifactReader
{
    /// <summary>Bytes of one segment; a longer one has lost its terminator.</summary>
    public const int LongestSegment = 64 * 1024;

    private readonly StreamWindow _window;
    private byte[] _piece = new byte[256];

    /// <param name="stream">Read forward, to its end. Not disposed.</param>
    /// <param name="delimiters">For a part of an interchange that has no UNA of its own.</param>
    public EdifactReader(Stream stream, EdifactDelimiters? delimiters = null)
    {
        _window = new StreamWindow(stream);
        Delimiters = delimiters ?? EdifactDelimiters.Usual;
    }

    public EdifactDelimiters Delimiters { get; private set; }

    /// <summary>Offset of the present segment's first byte, and behind its terminator.</summary>
    public long Offset { get; private set; }

    public long End { get; private set; }

    public bool IsUnterminated { get; private set; }

    public EdifactSegment Segment { get; private set; } = new("", []);

    /// <summary>One sentence when the stream cannot be read on.</summary>
    public string? Fault { get; private set; }

    public bool Read()
    {
        while (Fault is null && SkipBlanks())
        {
            if (_window.Has(9) && _window.Bytes.StartsWith("UNA"u8))
            {
                TakeUna();
                continue;
            }

            Offset = _window.Offset;
            return ReadSegment();
        }

        return false;
    }

    private void TakeUna()
    {
        if (EdifactDelimiters.FromUna(_window.Bytes[..9]) is { } found)
        {
            Delimiters = found;
            _window.Pass(9);
        }
        else
        {
            Fault = "Two of the separators in UNA are the same, or data.";
        }
    }

    private bool SkipBlanks()
    {
        _window.PassByteOrderMark();
        while (_window.Length > 0 || _window.Fill())
        {
            if (_window.Bytes[0] is not ((byte)'\r' or (byte)'\n' or (byte)' ' or (byte)'\t' or 0 or 0x1A))
            {
                return true;
            }

            _window.Pass(1);
        }

        return false;
    }

    private bool ReadSegment()
    {
        var length = FindEnd();
        if (length < 0)
        {
            Fault = $"A segment is longer than {LongestSegment} bytes: its terminator is missing.";
            return false;
        }

        Segment = Split(_window.Bytes[..length]);
        _window.Pass(length + (IsUnterminated ? 0 : 1));
        End = _window.Offset;
        return true;
    }

    /// <returns>Bytes before the terminator that is not released; negative when it does not come.</returns>
    private int FindEnd()
    {
        IsUnterminated = false;
        for (var at = 0; ; at++)
        {
            if (at > LongestSegment)
            {
                return -1;
            }

            if (at >= _window.Length && !_window.Fill())
            {
                IsUnterminated = true;
                return _window.Length;
            }

            var value = _window.Bytes[at];
            if (value == Delimiters.Segment)
            {
                return at;
            }

            at += value == Delimiters.Release && value != ' ' ? 1 : 0;
        }
    }

    private EdifactSegment Split(ReadOnlySpan<byte> segment)
    {
        var elements = new List<IReadOnlyList<string>>();
        var components = new List<string>(1);
        var length = 0;
        for (var i = 0; i < segment.Length; i++)
        {
            var value = segment[i];
            if (value == Delimiters.Release && value != ' ' && i + 1 < segment.Length)
            {
                Keep(ref length, segment[++i]);
            }
            else if (value == Delimiters.Component || value == Delimiters.Element)
            {
                components.Add(Take(ref length));
                if (value == Delimiters.Element)
                {
                    elements.Add(components);
                    components = new List<string>(1);
                }
            }
            else if (value is not ((byte)'\r' or (byte)'\n'))
            {
                Keep(ref length, value);
            }
        }

        components.Add(Take(ref length));
        elements.Add(components);
        return new EdifactSegment(elements[0][0], elements[1..]);
    }

    private void Keep(ref int length, byte value)
    {
        if (length == _piece.Length)
        {
            Array.Resize(ref _piece, 2 * length);
        }

        _piece[length++] = value;
    }

    private string Take(ref int length)
    {
        var bytes = _piece.AsSpan(0, length);
        length = 0;
        return bytes.IsEmpty ? "" : Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);
    }
}
