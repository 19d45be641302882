using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ControlTower.Core.Audit;

/// <summary>Signs a chain's head with a key that is not in the database.</summary>
/// <param name="key">32 bytes, derived from the tower's master key for this purpose alone; null signs nothing, and unsigned heads are accepted.</param>
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

    /// <summary>Whether the head carries the signature it should.</summary>
    public bool Verifies(AuditChainHead head) =>
        key is null || (head.Signature is { } signature
            && CryptographicOperations.FixedTimeEquals(signature, Sign(head.Chain, head.Sequence, head.Hash)));
}
