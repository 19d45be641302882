using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ControlTower.Integrations.Open;

/// <summary>
/// Signs and verifies by Standard Webhooks 1.0 (standardwebhooks.com): HMAC-SHA256 over <c>{id}.{timestamp}.{raw
/// body}</c>, written <c>v1,{base64}</c>; several signatures are separated by a space, so that keys can change.
/// </summary>
public static class StandardWebhooks
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    /// <summary>How far a timestamp may lie from the system clock, either way.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const string Version = "v1,";
    private const int HashBytes = 32;

    /// <summary>Of a hash in base64, padding included.</summary>
    private const int WrittenBytes = 44;
    private const int LongestId = 512;

    /// <summary>The value of the signature header.</summary>
    public static string Sign(byte[] key, string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[HashBytes];
        Hash(key, id, at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), body, hash);
        return Version + Convert.ToBase64String(hash);
    }

    /// <summary>
    /// Whether one of the signatures was made with one of the keys over exactly these bytes, and the timestamp is near
    /// now.
    /// </summary>
    public static bool Verify(
        IReadOnlyList<byte[]> keys, string? id, string? timestamp, string? signatures, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(signatures) || !IsCurrent(id, timestamp, now))
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[HashBytes];
        foreach (var key in keys)
        {
            Hash(key, id!, timestamp!, body, expected);
            if (AnyEquals(signatures, expected))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether id and timestamp are well-formed and the timestamp is near now; needs no body and no key.</summary>
    public static bool IsCurrent(string? id, string? timestamp, DateTimeOffset now) =>
        id is { Length: > 0 and <= LongestId }
        && long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs((decimal)now.ToUnixTimeSeconds() - seconds) <= (decimal)Tolerance.TotalSeconds;

    private static void Hash(byte[] key, string id, string timestamp, ReadOnlySpan<byte> body, Span<byte> hash)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hmac.AppendData(body);
        hmac.GetHashAndReset(hash);
    }

    /// <summary>
    /// Compared as written, not as the bytes it encodes: base64 has several encodings of the same bytes, and no single
    /// changed bit of one is accepted.
    /// </summary>
    private static bool AnyEquals(string signatures, ReadOnlySpan<byte> expected)
    {
        Span<byte> right = stackalloc byte[WrittenBytes];
        Base64.EncodeToUtf8(expected, right, out _, out _);
        Span<byte> supplied = stackalloc byte[WrittenBytes];
        foreach (var range in signatures.AsSpan().Split(' '))
        {
            var signature = signatures.AsSpan(range);
            if (signature.StartsWith(Version, StringComparison.Ordinal)
                && signature.Length == Version.Length + WrittenBytes
                && Encoding.ASCII.TryGetBytes(signature[Version.Length..], supplied, out var written)
                && CryptographicOperations.FixedTimeEquals(supplied[..written], right))
            {
                return true;
            }
        }

        return false;
    }
}
