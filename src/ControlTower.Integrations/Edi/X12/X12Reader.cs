namespace ControlTower.Integrations.Edi.X12;

/// <summary>
/// Cuts a stream into segments, forward only, in a buffer of its own: nothing is allocated for a segment or an element. Separators are taken from each ISA, so one
/// stream may hold interchanges of several partners. A terminator may be followed by line breaks; blanks around segments and line breaks within them are
/// taken and told. It judges nothing but what it needs to go on.
/// </summary>
public sealed class X12Reader
{
    /// <summary>Bytes of one segment; a longer one has lost its terminator.</summary>
    public const int LongestSegment = 64 * 1024;

    private const int LongestHeader = 512;
    private readonly Stream _stream;
    private byte[] _buffer = new byte[32 * 1024];
    private readonly byte[] _header = new byte[LongestHeader];
    private int[] _ends = new int[64];
    private int _pieces;
    private int _start;
    private int _end;
    private long _bufferOffset;
    private bool _streamEnded;
    private bool _hasDelimiters;
    private ReadOnlyMemory<byte> _current;

    /// <param name="stream">Read forward, to its end. Not disposed.</param>
    /// <param name="delimiters">For a part of an interchange that has no ISA of its own.</param>
    public X12Reader(Stream stream, X12Delimiters? delimiters = null)
    {
        _stream = stream;
        Delimiters = delimiters ?? default;
        _hasDelimiters = delimiters is not null;
    }

    public X12Delimiters Delimiters { get; private set; }

    /// <summary>Offset in the stream of the present segment's first byte.</summary>
    public long Offset { get; private set; }

    /// <summary>Offset in the stream behind the present segment's terminator.</summary>
    public long End { get; private set; }

    /// <summary>Blanks or tabs stood before the present segment.</summary>
    public bool IsIndented { get; private set; }

    /// <summary>Line breaks stood within the present segment; they were taken out.</summary>
    public bool IsWrapped { get; private set; }

    /// <summary>The stream ended before the present segment's terminator came.</summary>
    public bool IsUnterminated { get; private set; }

    /// <summary>One sentence when the stream cannot be read on; then <see cref="Read"/> stays false.</summary>
    public string? Fault { get; private set; }

    /// <summary>The present segment; valid until the next <see cref="Read"/>.</summary>
    public X12Segment Segment => new(_current.Span, _ends.AsSpan(0, _pieces));

    /// <summary>Moves to the next segment; false at the end, and when the stream cannot be read on.</summary>
    public bool Read()
    {
        if (Fault is not null || !SkipBlanks())
        {
            return false;
        }

        Offset = _bufferOffset + _start;
        IsWrapped = IsUnterminated = false;
        return IsHeader() ? ReadHeader() : _hasDelimiters ? ReadSegment() : Stop("The file does not begin with ISA.");
    }

    private bool SkipBlanks()
    {
        IsIndented = false;
        for (; ; _start++)
        {
            if (_start == _end && !Fill())
            {
                return false;
            }

            switch (_buffer[_start])
            {
                case (byte)'\r' or (byte)'\n' or 0 or 0x1A:
                    IsIndented = false;
                    break;
                case (byte)' ' or (byte)'\t':
                    IsIndented = true;
                    break;
                case 0xEF when _bufferOffset + _start == 0 && Has(3) && _buffer[1] == 0xBB && _buffer[2] == 0xBF:
                    _start += 2;
                    break;
                default:
                    return true;
            }
        }
    }

    private bool IsHeader() => Has(4) && _buffer.AsSpan(_start, 3).SequenceEqual("ISA"u8) && !char.IsAsciiLetterOrDigit((char)_buffer[_start + 3]);

    /// <summary>ISA is read by its separators, not by its width: partners strip its padding or pad it with other blanks.</summary>
    private bool ReadHeader()
    {
        Has(LongestHeader);
        var window = _buffer.AsSpan(_start, Math.Min(LongestHeader, _end - _start));
        var separator = window[3];
        var length = 0;
        _pieces = 0;
        var at = 0;
        for (; at < window.Length && _pieces < 16; at++)
        {
            if (window[at] is (byte)'\r' or (byte)'\n')
            {
                IsWrapped = true;
                continue;
            }

            if (window[at] == separator)
            {
                _ends[_pieces++] = length;
            }

            _header[length++] = window[at];
        }

        while (at < window.Length && window[at] is (byte)'\r' or (byte)'\n')
        {
            at++;
        }

        return _pieces == 16 && at + 1 < window.Length ? TakeHeader(window, at, length) : Stop("The ISA segment does not have 16 elements.");
    }

    private bool TakeHeader(ReadOnlySpan<byte> window, int at, int length)
    {
        _header[length++] = window[at];
        _ends[_pieces++] = length;
        _current = _header.AsMemory(0, length);
        Delimiters = new X12Delimiters(window[3], window[at], window[at + 1], Repetition());
        if (Delimiters.Fault() is { } fault)
        {
            return Stop(fault);
        }

        _hasDelimiters = true;
        _start += at + 2;
        End = _bufferOffset + _start;
        return true;
    }

    /// <summary>From 00402 on ISA11 separates repetitions; many still write the U of the versions before.</summary>
    private byte Repetition()
    {
        var mark = Segment[11];
        var version = Segment[12];
        return mark.Length == 1 && !char.IsAsciiLetterOrDigit((char)mark[0]) && mark[0] != ' ' && version.SequenceCompareTo("00402"u8) >= 0 ? mark[0] : (byte)0;
    }

    private bool ReadSegment()
    {
        var scanned = 0;
        int found;
        while ((found = _buffer.AsSpan(_start + scanned, _end - _start - scanned).IndexOf(Delimiters.Segment)) < 0)
        {
            scanned = _end - _start;
            if (scanned > LongestSegment)
            {
                return Stop($"A segment is longer than {LongestSegment} bytes: its terminator is missing.");
            }

            if (!Fill())
            {
                IsUnterminated = true;
                found = 0;
                break;
            }
        }

        var length = scanned + found;
        if (length > LongestSegment)
        {
            return Stop($"A segment is longer than {LongestSegment} bytes: its terminator is missing.");
        }

        _current = Unwrapped(_start, length);
        _start += length + (IsUnterminated ? 0 : 1);
        End = _bufferOffset + _start;
        Split(_current.Span);
        return true;
    }

    private ReadOnlyMemory<byte> Unwrapped(int start, int length)
    {
        var span = _buffer.AsSpan(start, length);
        if (span.IndexOfAny((byte)'\r', (byte)'\n') < 0)
        {
            return _buffer.AsMemory(start, length);
        }

        var kept = 0;
        for (var i = 0; i < length; i++)
        {
            if (span[i] is not ((byte)'\r' or (byte)'\n'))
            {
                span[kept++] = span[i];
            }
        }

        IsWrapped = true;
        return _buffer.AsMemory(start, kept);
    }

    private void Split(ReadOnlySpan<byte> segment)
    {
        _pieces = 0;
        for (var from = 0; ;)
        {
            if (_pieces == _ends.Length)
            {
                Array.Resize(ref _ends, 2 * _ends.Length);
            }

            var next = segment[from..].IndexOf(Delimiters.Element);
            _ends[_pieces++] = next < 0 ? segment.Length : from + next;
            if (next < 0)
            {
                return;
            }

            from += next + 1;
        }
    }

    /// <summary>Whether that many bytes, or all that are left to come, are in the buffer.</summary>
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

    private bool Stop(string sentence)
    {
        Fault = sentence;
        return false;
    }
}
