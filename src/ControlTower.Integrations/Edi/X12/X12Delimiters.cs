using System.Text;

namespace ControlTower.Integrations.Edi.X12;

/// <summary>
/// The separators of one interchange, as its ISA segment shows them. There is no <see cref="Repetition"/> in versions
/// before 00402.
/// </summary>
public readonly record struct X12Delimiters(Separator Element, Separator Component, Separator Segment, Separator Repetition = default)
{
    /// <summary>What most partners agree on.</summary>
    public static X12Delimiters Usual => new((byte)'*', (byte)'>', (byte)'~');

    /// <summary>One sentence when they cannot be distinguished from each other or from data, else null.</summary>
    public string? FindError()
    {
        if (Element.IsData || Element.IsLineBreak)
        {
            return "The character after ISA cannot separate elements.";
        }

        if (Segment.IsData || Component.IsData || Component.IsLineBreak)
        {
            return "The characters after ISA15 cannot separate components and segments.";
        }

        return Element == Component || Element == Segment || Component == Segment
            || (!Repetition.IsNone && (Repetition == Element || Repetition == Component || Repetition == Segment))
            ? "Two of the separators are the same character."
            : null;
    }

    /// <summary>Whether a byte of data could be taken for a separator.</summary>
    public bool Has(byte value) => Element.Is(value) || Component.Is(value) || Segment.Is(value) || Repetition.Is(value);

    /// <summary>Whether a character of data could be taken for a separator.</summary>
    public bool Has(
        Rune value) => Separator.From(value) is var own && (own == Element || own == Component || own == Segment || own == Repetition);
}
