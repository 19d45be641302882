namespace ControlTower.Integrations.Edi.Edifact;

/// <summary>
/// The separators of an interchange, as UNA gives them or as the standard does without it. There may be no <see
/// cref="Release"/> character.
/// </summary>
public readonly record struct EdifactDelimiters(
    Separator Component, Separator Element, Separator Decimal, Separator Release, Separator Segment)
{
    /// <summary>UNA and six characters of at most four bytes.</summary>
    internal const int LongestUna = 27;

    private const int TagLength = 3;

    public static EdifactDelimiters Usual => new((byte)':', (byte)'+', (byte)'.', (byte)'?', (byte)'\'');

    /// <param name="una">Begins with UNA.</param>
    /// <param name="used">Bytes of the UNA segment.</param>
    /// <returns>Null when it cannot be read.</returns>
    internal static EdifactDelimiters? FromUna(ReadOnlySpan<byte> una, out int used)
    {
        Span<Separator> six = stackalloc Separator[6];
        used = TagLength;
        for (var i = 0; i < six.Length; i++)
        {
            six[i] = Separator.First(una[Math.Min(used, una.Length)..]);
            used += six[i].Length;
        }

        var release = six[3].Is((byte)' ') ? default : six[3];
        return AreDistinct([six[0], six[1], six[5], .. release.IsNone ? Array.Empty<Separator>() : [release]])
            ? new EdifactDelimiters(six[0], six[1], six[2], release, six[5])
            : null;
    }

    private static bool AreDistinct(ReadOnlySpan<Separator> separators)
    {
        for (var i = 0; i < separators.Length; i++)
        {
            if (separators[i].IsData || separators[..i].Contains(separators[i]))
            {
                return false;
            }
        }

        return true;
    }
}
