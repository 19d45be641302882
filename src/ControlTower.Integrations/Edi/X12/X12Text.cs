using System.Text;
using System.Text.Unicode;

namespace ControlTower.Integrations.Edi.X12;

/// <summary>Bytes of elements as text. Partners write UTF-8 or Latin-1 and declare neither.</summary>
internal static class X12Text
{
    private static readonly char[] Padding = [' ', '\u00A0', '\t', '\r', '\n'];

    public static string Decode(ReadOnlySpan<byte> bytes) =>
        Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);

    /// <summary>The text without what pads it on either side.</summary>
    public static string Trimmed(ReadOnlySpan<byte> bytes) => Decode(bytes).Trim(Padding);

    /// <summary>Characters: of UTF-8 where the bytes are that, else one for each byte.</summary>
    public static int Length(ReadOnlySpan<byte> bytes)
    {
        if (Ascii.IsValid(bytes) || !Utf8.IsValid(bytes))
        {
            return bytes.Length;
        }

        var continuations = 0;
        foreach (var value in bytes)
        {
            continuations += (value & 0xC0) == 0x80 ? 1 : 0;
        }

        return bytes.Length - continuations;
    }

    /// <summary>What a sentence may show of a partner's bytes: at most 35 characters, none of them control characters.</summary>
    public static string ForDisplay(ReadOnlySpan<byte> bytes) =>
        string.Concat(Decode(bytes).Take(35).Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter));
}
