namespace ControlTower.Integrations.Edi.X12;

/// <summary>The separators of one interchange, as its ISA segment shows them. <see cref="Repetition"/> is 0 where the version has none (before 00402).</summary>
public readonly record struct X12Delimiters(byte Element, byte Component, byte Segment, byte Repetition = 0)
{
    /// <summary>What most partners agree on.</summary>
    public static X12Delimiters Usual => new((byte)'*', (byte)'>', (byte)'~');

    /// <summary>One sentence when they cannot be told from each other or from data, else null.</summary>
    public string? Fault()
    {
        if (IsData(Element) || Element is (byte)'\r' or (byte)'\n')
        {
            return "The byte after ISA cannot separate elements.";
        }

        if (IsData(Segment) || IsData(Component) || Component is (byte)'\r' or (byte)'\n')
        {
            return "The bytes after ISA15 cannot separate components and segments.";
        }

        return Element == Component || Element == Segment || Component == Segment || (Repetition != 0 && (Repetition == Element || Repetition == Component || Repetition == Segment))
            ? "Two of the separators are the same byte."
            : null;
    }

    /// <summary>Whether a byte of data could be taken for a separator.</summary>
    public bool Has(byte value) => value == Element || value == Component || value == Segment || (Repetition != 0 && value == Repetition);

    private static bool IsData(byte value) => value is (byte)' ' or 0 || char.IsAsciiLetterOrDigit((char)value);
}
