using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ControlTower.Core.Persistence.Audit;

namespace ControlTower.Core.Audit;

/// <summary>Signs the heads of the chains, and the top head over them, with a key that is not in the database.</summary>
/// <param name="key">32 bytes, derived from the tower's master key for this purpose alone; null signs nothing, and
/// unsigned heads are accepted.</param>
public sealed class HeadSigner(byte[]? key)
{
    /// <summary>HMAC-SHA-256 over chain, sequence and hash; null without a key.</summary>
    public byte[]? Sign(short chain, long sequence, ReadOnlySpan<byte> hash)
    {
        if (key is null)
        {
            return null;
        }

        var message = new byte[10 + hash.Length];
        BinaryPrimitives.WriteInt16BigEndian(message, chain);
        BinaryPrimitives.WriteInt64BigEndian(message.AsSpan(2), sequence);
        hash.CopyTo(message.AsSpan(10));
        return HMACSHA256.HashData(key, message);
    }

    /// <summary>HMAC-SHA-256 over the text <c>top-head|number|heads</c>; null without a key.</summary>
    public byte[]? Sign(AuditTopHead top) => key is null ? null : HMACSHA256.HashData(
        key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"top-head|{top.Number}|{top.Heads}")));

    public bool Verifies(AuditTopHead top) =>
        key is null || (top.Signature is { } signature && CryptographicOperations.FixedTimeEquals(signature, Sign(top)));

    /// <summary>Whether the head carries the signature it should.</summary>
    public bool Verifies(AuditChainHead head) =>
        key is null || (head.Signature is { } signature
            && CryptographicOperations.FixedTimeEquals(signature, Sign(head.Chain, head.Sequence, head.Hash)));
}
