using System.Text;
using System.Text.Unicode;

namespace ControlTower.Integrations.Edi.Edifact;

/// <summary>
/// Cuts a stream into EDIFACT segments, forward only. UNA is honoured, the release character taken out, line breaks
/// between and within segments left out.
/// </summary>
public sealed class EdifactReader
{
    /// <summary>Bytes of one segment; a longer one has lost its terminator.</summary>
    public const int LongestSegment = 64 * 1024;

    private const int LongestCharacter = 4;
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

    /// <summary>Offset of the current segment's first byte, and after its terminator.</summary>
    public long Offset { get; private set; }

    public long End { get; private set; }

    public bool IsUnterminated { get; private set; }

    public EdifactSegment Segment { get; private set; } = new("", []);

    /// <summary>One sentence when the stream cannot be read on.</summary>
    public string? Error { get; private set; }

    public bool Read()
    {
        while (Error is null && SkipBlanks())
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
        _window.Has(EdifactDelimiters.LongestUna);
        if (EdifactDelimiters.FromUna(_window.Bytes, out var used) is { } found)
        {
            Delimiters = found;
            _window.Pass(used);
        }
        else
        {
            Error = "Two of the separators in UNA are the same, or data.";
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
            Error = $"A segment is longer than {LongestSegment} bytes: its terminator is missing.";
            return false;
        }

        Segment = Split(_window.Bytes[..length]);
        _window.Pass(length + (IsUnterminated ? 0 : Delimiters.Segment.Length));
        End = _window.Offset;
        return true;
    }

    /// <returns>Bytes before the terminator that is not released; negative when it does not come.</returns>
    private int FindEnd()
    {
        IsUnterminated = false;
        for (var at = 0; at <= LongestSegment; at++)
        {
            // A release character and the one that it releases.
            if (!_window.Has(at + (2 * LongestCharacter)) && at >= _window.Length)
            {
                IsUnterminated = true;
                return _window.Length;
            }

            var rest = _window.Bytes[at..];
            if (Delimiters.Segment.StartsIn(rest))
            {
                return at;
            }

            if (Delimiters.Release.StartsIn(rest))
            {
                at += ReleasedLength(rest) - 1;
            }
        }

        return -1;
    }

    /// <summary>Bytes of a release character and of the character that it releases.</summary>
    private int ReleasedLength(ReadOnlySpan<byte> bytes) =>
        Delimiters.Release.Length + (bytes.Length > Delimiters.Release.Length
            ? Separator.FirstLength(bytes[Delimiters.Release.Length..])
            : 0);

    private EdifactSegment Split(ReadOnlySpan<byte> segment)
    {
        var elements = new List<IReadOnlyList<string>>();
        var components = new List<string>(1);
        var length = 0;
        for (var i = 0; i < segment.Length;)
        {
            var rest = segment[i..];
            if (Delimiters.Release.StartsIn(rest) && rest.Length > Delimiters.Release.Length)
            {
                var released = ReleasedLength(rest);
                Keep(ref length, rest[Delimiters.Release.Length..released]);
                i += released;
            }
            else if (Delimiters.Element.StartsIn(rest))
            {
                components.Add(Take(ref length));
                elements.Add(components);
                components = new List<string>(1);
                i += Delimiters.Element.Length;
            }
            else if (Delimiters.Component.StartsIn(rest))
            {
                components.Add(Take(ref length));
                i += Delimiters.Component.Length;
            }
            else
            {
                Keep(ref length, rest[0] is (byte)'\r' or (byte)'\n' ? [] : rest[..1]);
                i++;
            }
        }

        components.Add(Take(ref length));
        elements.Add(components);
        return new EdifactSegment(elements[0][0], elements[1..]);
    }

    private void Keep(ref int length, ReadOnlySpan<byte> bytes)
    {
        if (length + bytes.Length > _piece.Length)
        {
            Array.Resize(ref _piece, 2 * (length + bytes.Length));
        }

        bytes.CopyTo(_piece.AsSpan(length));
        length += bytes.Length;
    }

    private string Take(ref int length)
    {
        var bytes = _piece.AsSpan(0, length);
        length = 0;
        return bytes.IsEmpty ? "" : Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);
    }
}
