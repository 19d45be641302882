namespace ControlTower.Integrations.Edi.X12;

/// <summary>
/// Cuts a stream into segments, forward only, in a buffer of its own: nothing is allocated for a segment or an element.
/// Separators are taken from each ISA, so one stream may hold interchanges of several partners. A terminator may be
/// followed by line breaks; blanks around segments and line breaks within them are accepted and reported. It validates
/// nothing but what it needs to continue.
/// </summary>
public sealed class X12Reader
{
    /// <summary>Bytes of one segment; a longer one has lost its terminator.</summary>
    public const int LongestSegment = 64 * 1024;

    private readonly StreamWindow _window;
    private readonly HeaderReader _header = new();
    private int[] _ends = new int[64];
    private int _pieces;
    private bool _hasDelimiters;
    private ReadOnlyMemory<byte> _current;

    /// <param name="stream">Read forward, to its end. Not disposed.</param>
    /// <param name="delimiters">For a part of an interchange that has no ISA of its own.</param>
    public X12Reader(Stream stream, X12Delimiters? delimiters = null)
    {
        _window = new StreamWindow(stream);
        Delimiters = delimiters ?? default;
        _hasDelimiters = delimiters is not null;
    }

    public X12Delimiters Delimiters { get; private set; }

    /// <summary>Offset in the stream of the current segment's first byte.</summary>
    public long Offset { get; private set; }

    /// <summary>Offset in the stream after the current segment's terminator.</summary>
    public long End { get; private set; }

    /// <summary>Blanks or tabs preceded the current segment.</summary>
    public bool IsIndented { get; private set; }

    /// <summary>The current segment contained line breaks; they were removed.</summary>
    public bool IsWrapped { get; private set; }

    /// <summary>The stream ended before the current segment's terminator.</summary>
    public bool IsUnterminated { get; private set; }

    /// <summary>The current segment is written without any deviation.</summary>
    internal bool IsPlain => !IsIndented && !IsWrapped && !IsUnterminated;

    /// <summary>One sentence when reading cannot continue; then <see cref="Read"/> stays false.</summary>
    public string? Error { get; private set; }

    /// <summary>The current segment; valid until the next <see cref="Read"/>.</summary>
    public X12Segment Segment => new(_current.Span, _ends.AsSpan(0, _pieces), Delimiters.Element.Length);

    /// <summary>Moves to the next segment; false at the end, and when reading cannot continue.</summary>
    public bool Read()
    {
        if (Error is not null || !SkipBlanks())
        {
            return false;
        }

        Offset = _window.Offset;
        IsWrapped = IsUnterminated = false;
        return IsHeader() ? ReadHeader() : _hasDelimiters ? ReadSegment() : Stop("The file does not begin with ISA.");
    }

    private bool SkipBlanks()
    {
        IsIndented = false;
        _window.PassByteOrderMark();
        while (_window.Length > 0 || _window.Fill())
        {
            var bytes = _window.Bytes;
            for (var i = 0; i < bytes.Length; i++)
            {
                switch (bytes[i])
                {
                    case (byte)'\r' or (byte)'\n' or 0 or 0x1A:
                        IsIndented = false;
                        break;
                    case (byte)' ' or (byte)'\t':
                        IsIndented = true;
                        break;
                    default:
                        _window.Pass(i);
                        return true;
                }
            }

            _window.Pass(bytes.Length);
        }

        return false;
    }

    private bool IsHeader() => _window.Has(
        4) && _window.Bytes is var bytes && bytes.StartsWith("ISA"u8) && !char.IsAsciiLetterOrDigit((char)bytes[3]);

    private bool ReadHeader()
    {
        _window.Has(HeaderReader.Longest);
        var error = _header.Read(_window.Bytes[..Math.Min(HeaderReader.Longest, _window.Length)], _ends);
        IsWrapped = _header.IsWrapped;
        if (error is not null)
        {
            return Stop(error);
        }

        (_current, _pieces, Delimiters, _hasDelimiters) = (_header.Header, HeaderReader.Pieces, _header.Delimiters, true);
        _window.Pass(_header.Consumed);
        End = _window.Offset;
        return true;
    }

    private bool ReadSegment()
    {
        var length = FindEnd();
        if (length > LongestSegment)
        {
            return Stop($"A segment is longer than {LongestSegment} bytes: its terminator is missing.");
        }

        _current = Unwrapped(_window.Bytes[..length]);
        _window.Pass(length + (IsUnterminated ? 0 : Delimiters.Segment.Length));
        End = _window.Offset;
        Split(_current.Span);
        return true;
    }

    /// <returns>Bytes before the terminator; more than <see cref="LongestSegment"/> when it does not come in time.</returns>
    private int FindEnd()
    {
        var scanned = 0;
        while (true)
        {
            var bytes = _window.Bytes;
            var found = Delimiters.Segment.IndexIn(bytes[scanned..]);
            if (found >= 0)
            {
                return scanned + found;
            }

            if (bytes.Length > LongestSegment)
            {
                return bytes.Length;
            }

            if (!_window.Fill())
            {
                IsUnterminated = true;
                return bytes.Length;
            }

            // The terminator's first bytes may have been the last of the window.
            scanned = Math.Max(0, bytes.Length - Delimiters.Segment.Length + 1);
        }
    }

    /// <param name="span">The window's beginning.</param>
    private ReadOnlyMemory<byte> Unwrapped(Span<byte> span)
    {
        if (span.IndexOfAny((byte)'\r', (byte)'\n') < 0)
        {
            return _window.Memory(span.Length);
        }

        var written = 0;
        for (var i = 0; i < span.Length; i++)
        {
            if (span[i] is not ((byte)'\r' or (byte)'\n'))
            {
                span[written++] = span[i];
            }
        }

        IsWrapped = true;
        return _window.Memory(written);
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

            var next = Delimiters.Element.IndexIn(segment[from..]);
            _ends[_pieces++] = next < 0 ? segment.Length : from + next;
            if (next < 0)
            {
                return;
            }

            from += next + Delimiters.Element.Length;
        }
    }

    private bool Stop(string sentence)
    {
        Error = sentence;
        return false;
    }
}
