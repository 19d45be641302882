namespace ControlTower.Integrations.Edi.X12;

/// <summary>
/// A segment as it lies in the reader's buffer; valid until the next read. Elements count from 1, as the standard
/// counts them; what is not there is empty.
/// </summary>
public readonly ref struct X12Segment
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly ReadOnlySpan<int> _ends;
    private readonly int _separator;

    /// <param name="bytes">Without the terminator.</param>
    /// <param name="ends">Where each piece ends.</param>
    /// <param name="separator">Bytes of the separator between two of them.</param>
    internal X12Segment(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> ends, int separator)
    {
        _bytes = bytes;
        _ends = ends;
        _separator = separator;
    }

    /// <summary>The whole segment without its terminator.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    public ReadOnlySpan<byte> Id => _ends.IsEmpty ? default : _bytes[.._ends[0]];

    /// <summary>Elements after the identifier, empty ones included.</summary>
    public int Count => _ends.Length - 1;

    public ReadOnlySpan<byte> this[int element] => element > Count ? default : _bytes[(_ends[element - 1] + _separator).._ends[element]];

    public bool Is(ReadOnlySpan<byte> id) => Id.SequenceEqual(id);

    public string Text(int element) => X12Text.Decode(this[element]);
}
