using System.Buffers.Binary;
using System.Buffers.Text;

namespace ControlTower.Web.Features.Transactions;

/// <summary>A place in the list, newest first: the key of the row next to it. Opaque outside; it needs no row to be still there.</summary>
/// <param name="Backwards">The page before this place, not the one after it.</param>
public readonly record struct TransactionCursor(DateTimeOffset UpdatedAt, long Id, bool Backwards)
{
    private const int Length = 17;

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, UpdatedAt.UtcTicks);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], Id);
        bytes[16] = Backwards ? (byte)1 : (byte)0;
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>False for anything that this tower did not give out.</summary>
    public static bool TryParse(string text, out TransactionCursor cursor)
    {
        cursor = default;
        Span<byte> bytes = stackalloc byte[Length];
        if (text.Length > 32 || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, bytes, out var written) || written != Length || bytes[16] > 1)
        {
            return false;
        }

        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        if (ticks < DateTimeOffset.MinValue.Ticks || ticks > DateTimeOffset.MaxValue.Ticks)
        {
            return false;
        }

        cursor = new(new DateTimeOffset(ticks, TimeSpan.Zero), BinaryPrimitives.ReadInt64BigEndian(bytes[8..]), bytes[16] == 1);
        return true;
    }
}
