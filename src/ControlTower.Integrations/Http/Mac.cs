using System.Security.Cryptography;
using System.Text;

namespace ControlTower.Integrations.Http;

/// <summary>
/// HMAC-SHA256 as vendors sign webhooks with it, and the one way to compare a given signature with the expected one.
/// </summary>
internal static class Mac
{
    private const int HexDigits = 2 * SHA256.HashSizeInBytes;

    /// <summary>The code of prefix and body together, 64 lower-case hexadecimal digits in ASCII.</summary>
    public static byte[] Hex(byte[] key, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(prefix);
        hmac.AppendData(body);
        Span<byte> code = stackalloc byte[SHA256.HashSizeInBytes];
        hmac.GetHashAndReset(code);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(code));
    }

    /// <summary>
    /// Whether the given digits are exactly the expected ones. They are compared as written, not as the bytes they
    /// encode: upper case is another text, and no single changed bit of it is accepted.
    /// </summary>
    public static bool Matches(ReadOnlySpan<char> supplied, ReadOnlySpan<byte> right)
    {
        Span<byte> digits = stackalloc byte[HexDigits];
        return supplied.Length == HexDigits
            && Encoding.ASCII.TryGetBytes(supplied, digits, out var written)
            && CryptographicOperations.FixedTimeEquals(digits[..written], right);
    }
}
