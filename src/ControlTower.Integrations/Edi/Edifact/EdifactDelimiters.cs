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
