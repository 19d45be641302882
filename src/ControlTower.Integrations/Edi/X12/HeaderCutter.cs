namespace ControlTower.Integrations.Edi.X12;

/// <summary>Cuts ISA by its separators, not by its width: partners strip its padding or pad it with other blanks. Line breaks within it are taken out.</summary>
internal sealed class HeaderCutter
{
    /// <summary>Bytes within which the header must end.</summary>
    public const int Longest = 512;

    /// <summary>ISA and its sixteen elements.</summary>
    public const int Pieces = 17;

    private readonly byte[] _bytes = new byte[Longest];

    public X12Delimiters Delimiters { get; private set; }

    /// <summary>Without separators' line breaks and without its terminator.</summary>
    public ReadOnlyMemory<byte> Header { get; private set; }

    /// <summary>Bytes of the window up to behind its terminator.</summary>
    public int Consumed { get; private set; }

    public bool IsWrapped { get; private set; }

    /// <param name="window">Begins with ISA.</param>
    /// <param name="ends">Becomes where each piece ends; at least <see cref="Pieces"/>.</param>
    /// <returns>One sentence when it cannot be read; else null.</returns>
    public string? Cut(ReadOnlySpan<byte> window, Span<int> ends)
    {
        IsWrapped = false;
        var (at, length, pieces) = (0, 0, 0);
        for (; at < window.Length && pieces < Pieces - 1; at++)
        {
            if (IsBreak(window[at]))
            {
                IsWrapped = true;
                continue;
            }

            if (window[at] == window[3])
            {
                ends[pieces++] = length;
            }

            _bytes[length++] = window[at];
        }

        while (at < window.Length && IsBreak(window[at]))
        {
            at++;
        }

        if (pieces != Pieces - 1 || at + 1 >= window.Length)
        {
            return "The ISA segment does not have 16 elements.";
        }

        _bytes[length++] = window[at];
        ends[pieces] = length;
        Header = _bytes.AsMemory(0, length);
        Delimiters = new X12Delimiters(window[3], window[at], window[at + 1], Repetition(new X12Segment(Header.Span, ends[..Pieces])));
        Consumed = at + 2;
        return Delimiters.Fault();
    }

    /// <summary>From 00402 on ISA11 separates repetitions; many still write the U of the versions before.</summary>
    private static byte Repetition(X12Segment isa)
    {
        var mark = isa[11];
        var version = isa[12];
        return mark.Length == 1 && !char.IsAsciiLetterOrDigit((char)mark[0]) && mark[0] != ' ' && version.SequenceCompareTo("00402"u8) >= 0 ? mark[0] : (byte)0;
    }

    private static bool IsBreak(byte value) => value is (byte)'\r' or (byte)'\n';
}
