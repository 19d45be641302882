using System.Text;
using System.Text.Unicode;

namespace ControlTower.Integrations.Edi.Edifact;

/// <summary>The separators of an interchange, as UNA gives them or as the standard does without it.</summary>
public readonly record struct EdifactDelimiters(byte Component, byte Element, byte Decimal, byte Release, byte Segment)
{
    public static EdifactDelimiters Usual => new((byte)':', (byte)'+', (byte)'.', (byte)'?', (byte)'\'');

    internal static EdifactDelimiters? FromUna(ReadOnlySpan<byte> una)
    {
        var found = new EdifactDelimiters(una[3], una[4], una[5], una[6], una[8]);
        ReadOnlySpan<byte> four = [found.Component, found.Element, found.Release == ' ' ? (byte)1 : found.Release, found.Segment];
        for (var i = 0; i < 4; i++)
        {
            if (char.IsAsciiLetterOrDigit((char)four[i]) || four[i] is (byte)' ' or 0 || four[..i].Contains(four[i]))
            {
                return null;
            }
        }

        return found;
    }
}

/// <summary>A segment as text: its tag and its composite elements, both counted from 1.</summary>
public sealed record EdifactSegment(string Tag, IReadOnlyList<IReadOnlyList<string>> Elements)
{
    /// <summary>The component, empty when it is not there.</summary>
    public string this[int element, int component = 1] =>
        element <= Elements.Count && component <= Elements[element - 1].Count ? Elements[element - 1][component - 1].Trim() : "";

    public string? Or(int element, int component = 1) => this[element, component] is { Length: > 0 } text ? text : null;
}

/// <summary>
/// Cuts a stream into EDIFACT segments, forward only. UNA is honoured, the release character taken out, line breaks between and within segments left out.
/// </summary>
public sealed class EdifactReader
{
    /// <summary>Bytes of one segment; a longer one has lost its terminator.</summary>
    public const int LongestSegment = 64 * 1024;

    private readonly Stream _stream;
    private byte[] _buffer = new byte[32 * 1024];
    private byte[] _piece = new byte[256];
    private int _start;
    private int _end;
    private long _bufferOffset;
    private bool _streamEnded;

    /// <param name="stream">Read forward, to its end. Not disposed.</param>
    /// <param name="delimiters">For a part of an interchange that has no UNA of its own.</param>
    public EdifactReader(Stream stream, EdifactDelimiters? delimiters = null)
    {
        _stream = stream;
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
            if (Has(9) && _buffer.AsSpan(_start, 3).SequenceEqual("UNA"u8))
            {
                TakeUna();
                continue;
            }

            Offset = _bufferOffset + _start;
            return ReadSegment();
        }

        return false;
    }

    private void TakeUna()
    {
        if (EdifactDelimiters.FromUna(_buffer.AsSpan(_start, 9)) is { } found)
        {
            Delimiters = found;
            _start += 9;
        }
        else
        {
            Fault = "Two of the separators in UNA are the same, or data.";
        }
    }

    private bool SkipBlanks()
    {
        for (; ; _start++)
        {
            if (_start == _end && !Fill())
            {
                return false;
            }

            if (_bufferOffset + _start == 0 && Has(3) && _buffer.AsSpan(0, 3).SequenceEqual((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            {
                _start += 2;
            }
            else if (_buffer[_start] is not ((byte)'\r' or (byte)'\n' or (byte)' ' or (byte)'\t' or 0 or 0x1A))
            {
                return true;
            }
        }
    }

    private bool ReadSegment()
    {
        var length = FindEnd();
        if (length < 0)
        {
            Fault = $"A segment is longer than {LongestSegment} bytes: its terminator is missing.";
            return false;
        }

        Segment = Split(_buffer.AsSpan(_start, length));
        _start += length + (IsUnterminated ? 0 : 1);
        End = _bufferOffset + _start;
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

            if (_start + at >= _end && !Fill())
            {
                IsUnterminated = true;
                return _end - _start;
            }

            var value = _buffer[_start + at];
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

    private bool Has(int count)
    {
        while (_end - _start < count)
        {
            if (!Fill())
            {
                return false;
            }
        }

        return true;
    }

    private bool Fill()
    {
        if (_streamEnded)
        {
            return false;
        }

        if (_end == _buffer.Length)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _bufferOffset += _start;
            _end -= _start;
            _start = 0;
            if (_end == _buffer.Length)
            {
                Array.Resize(ref _buffer, 2 * _buffer.Length);
            }
        }

        var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _streamEnded = read == 0;
        return read > 0;
    }
}
