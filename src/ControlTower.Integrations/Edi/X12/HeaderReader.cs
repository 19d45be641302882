namespace ControlTower.Integrations.Edi.X12;

/// <summary>
/// Cuts ISA by its separators, not by its width: partners strip its padding or pad it with other blanks. A separator is
/// a character, of one byte or of several where the file is UTF-8. Line breaks within it are taken out.
/// </summary>
internal sealed class HeaderReader
{
    /// <summary>Bytes within which the header must end.</summary>
    public const int Longest = 512;

    /// <summary>ISA and its sixteen elements.</summary>
    public const int Pieces = 17;

    private const int IdLength = 3;

    private readonly byte[] _bytes = new byte[Longest];

    public X12Delimiters Delimiters { get; private set; }

    /// <summary>Without separators' line breaks and without its terminator.</summary>
    public ReadOnlyMemory<byte> Header { get; private set; }

    /// <summary>Bytes of the window up to and including its terminator.</summary>
    public int Consumed { get; private set; }

    public bool IsWrapped { get; private set; }

    /// <param name="window">Begins with ISA.</param>
    /// <param name="ends">Set to where each piece ends; at least <see cref="Pieces"/>.</param>
    /// <returns>One sentence when it cannot be read; else null.</returns>
    public string? Read(ReadOnlySpan<byte> window, Span<int> ends)
    {
        IsWrapped = false;
        var element = Separator.First(window[IdLength..]);
        var (at, length) = CutElements(window, element, ends);
        while (at < window.Length && IsBreak(window[at]))
        {
            at++;
        }

        var component = Separator.First(window[at..]);
        var segment = Separator.First(window[Math.Min(window.Length, at + component.Length)..]);
        if (length < 0 || component.IsNone || segment.IsNone)
        {
            return "The ISA segment does not have 16 elements.";
        }

        length += component.CopyTo(_bytes.AsSpan(length)).Length;
        ends[Pieces - 1] = length;
        Header = _bytes.AsMemory(0, length);
        Delimiters = new X12Delimiters(element, component, segment,
            Repetition(new X12Segment(Header.Span, ends[..Pieces], element.Length)));
        Consumed = at + component.Length + segment.Length;
        return Delimiters.FindError();
    }

    /// <summary>Copies the pieces up to the component separator.</summary>
    /// <returns>Bytes of the window, and of the copy; the latter negative when there are not enough pieces.</returns>
    private (int At, int Length) CutElements(ReadOnlySpan<byte> window, Separator element, Span<int> ends)
    {
        var (at, length, pieces) = (0, 0, 0);
        while (at < window.Length && pieces < Pieces - 1)
        {
            if (IsBreak(window[at]))
            {
                IsWrapped = true;
                at++;
            }
            else if (element.StartsIn(window[at..]))
            {
                ends[pieces++] = length;
                length += element.CopyTo(_bytes.AsSpan(length)).Length;
                at += element.Length;
            }
            else
            {
                _bytes[length++] = window[at++];
            }
        }

        return (at, pieces == Pieces - 1 ? length : -1);
    }

    /// <summary>From 00402 on ISA11 separates repetitions; many still write the U of the versions before.</summary>
    private static Separator Repetition(X12Segment isa)
    {
        var mark = Separator.First(isa[11]);
        return mark.Length == isa[11].Length && !mark.IsData && isa[12].SequenceCompareTo("00402"u8) >= 0 ? mark : default;
    }

    private static bool IsBreak(byte value) => value is (byte)'\r' or (byte)'\n';
}
