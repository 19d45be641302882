using System.Buffers;
using System.Text;

namespace ControlTower.Integrations.Edi;

/// <summary>
/// A separator as it is encoded in a file: one byte, or the two to four bytes of a UTF-8 character. Its bytes are
/// packed into a number, so that a comparison allocates nothing.
/// </summary>
public readonly record struct Separator
{
    private const int MaxBytes = 4;
    private const int NoBreakSpace = 0xA0;

    /// <summary>The first byte is the lowest.</summary>
    private readonly uint _bytes;

    private Separator(ReadOnlySpan<byte> bytes)
    {
        Length = bytes.Length;
        for (var i = 0; i < bytes.Length; i++)
        {
            _bytes |= (uint)bytes[i] << (8 * i);
        }
    }

    /// <summary>In bytes; 0 where there is none.</summary>
    public int Length { get; }

    public bool IsNone => Length == 0;

    /// <summary>Whether it cannot be distinguished from data: a letter, a digit, a blank.</summary>
    public bool IsData => Length switch
    {
        0 => true,
        1 => Is((byte)' ') || char.IsAsciiLetterOrDigit((char)_bytes),
        _ => ToString().EnumerateRunes().First() is var rune && (Rune.IsLetterOrDigit(rune) || rune.Value == NoBreakSpace),
    };

    public bool IsLineBreak => Is((byte)'\r') || Is((byte)'\n');

    public static implicit operator Separator(byte value) => value == 0 ? default : new Separator([value]);

    public static Separator From(Rune rune)
    {
        Span<byte> bytes = stackalloc byte[MaxBytes];
        return new Separator(bytes[..rune.EncodeToUtf8(bytes)]);
    }

    /// <summary>The first character; the first byte where the bytes are not UTF-8.</summary>
    public static Separator First(ReadOnlySpan<byte> bytes) =>
        bytes.IsEmpty || bytes[0] == 0 ? default : new Separator(bytes[..FirstLength(bytes)]);

    /// <summary>Bytes of the first character; 1 where the bytes are not UTF-8.</summary>
    public static int FirstLength(ReadOnlySpan<byte> bytes) =>
        Rune.DecodeFromUtf8(bytes, out _, out var used) == OperationStatus.Done ? used : 1;

    public bool Is(byte value) => Length == 1 && _bytes == value;

    public bool StartsIn(ReadOnlySpan<byte> bytes)
    {
        if (Length <= 1)
        {
            return Length == 1 && !bytes.IsEmpty && bytes[0] == _bytes;
        }

        Span<byte> own = stackalloc byte[MaxBytes];
        return bytes.StartsWith(CopyTo(own));
    }

    /// <returns>Negative where it is not found.</returns>
    public int IndexIn(ReadOnlySpan<byte> bytes)
    {
        if (Length == 1)
        {
            return bytes.IndexOf((byte)_bytes);
        }

        Span<byte> own = stackalloc byte[MaxBytes];
        return IsNone ? -1 : bytes.IndexOf(CopyTo(own));
    }

    public Span<byte> CopyTo(Span<byte> target)
    {
        for (var i = 0; i < Length; i++)
        {
            target[i] = (byte)(_bytes >> (8 * i));
        }

        return target[..Length];
    }

    /// <summary>A single byte that is not ASCII is shown as Latin-1.</summary>
    public override string ToString()
    {
        Span<byte> own = stackalloc byte[MaxBytes];
        return (Length == 1 ? Encoding.Latin1 : Encoding.UTF8).GetString(CopyTo(own));
    }
}
