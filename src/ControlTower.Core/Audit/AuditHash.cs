using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ControlTower.Core.Persistence.Audit;

namespace ControlTower.Core.Audit;

/// <summary>
/// The hash that links an entry into its chain: SHA-256 over the previous hash and the entry's canonical bytes. These
/// are, in this order, chain (2 bytes), sequence, id and time in microseconds since 0001-01-01 UTC (8 bytes each),
/// then each text as its UTF-8 length (4 bytes; −1 for null) and bytes: actor, actor
/// kind, act, object type, object key, transaction key, reason, before, after. Numbers are big-endian. It never
/// changes: an old chain must verify for ever.
/// </summary>
public static class AuditHash
{
    /// <summary>The previous hash of a chain's first entry: 32 zero bytes.</summary>
    public static byte[] Genesis => new byte[SHA256.HashSizeInBytes];

    /// <summary>The hash of an entry at this place of its chain.</summary>
    public static byte[] From(AuditEntry entry, long sequence, ReadOnlySpan<byte> previous)
    {
        // Gathered and hashed at once: each call to the hash costs as much as hashing some hundred bytes.
        var bytes = new ArrayBufferWriter<byte>(1024);
        bytes.Write(previous);
        var numbers = bytes.GetSpan(26);
        BinaryPrimitives.WriteInt16BigEndian(numbers, entry.Chain);
        BinaryPrimitives.WriteInt64BigEndian(numbers[2..], sequence);
        BinaryPrimitives.WriteInt64BigEndian(numbers[10..], entry.Id);
        BinaryPrimitives.WriteInt64BigEndian(numbers[18..], entry.At.UtcTicks / TimeSpan.TicksPerMicrosecond);
        bytes.Advance(26);
        foreach (var text in Texts(entry))
        {
            Append(bytes, text);
        }

        return SHA256.HashData(bytes.WrittenSpan);
    }

    private static string?[] Texts(AuditEntry entry) =>
    [
        entry.Actor, entry.ActorKind, entry.Act, entry.ObjectType, entry.ObjectKey, entry.TransactionKey, entry.Reason, entry.Before,
        entry.After,
    ];

    private static void Append(ArrayBufferWriter<byte> bytes, string? text)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes.GetSpan(4), text is null ? -1 : Encoding.UTF8.GetByteCount(text));
        bytes.Advance(4);
        if (text is not null)
        {
            Encoding.UTF8.GetBytes(text, bytes);
        }
    }
}
