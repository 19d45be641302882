using System.IO.Compression;

namespace ControlTower.Core.Persistence;

/// <summary>Payloads as the archive keeps them: Brotli, which makes a third or less of a kilobyte of JSON.</summary>
public static class CompressedPayload
{
    /// <summary>Of 0 to 11: beyond it the time doubles and the size does not.</summary>
    private const int Quality = 3;

    private const int Window = 18;

    public static byte[] Pack(ReadOnlySpan<byte> bytes)
    {
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        return BrotliEncoder.TryCompress(bytes, packed, out var written, Quality, Window)
            ? packed[..written]
            : throw new InvalidOperationException("The payload could not be packed.");
    }

    /// <exception cref="InvalidDataException">These bytes were not packed here.</exception>
    public static byte[] Unpack(byte[] packed)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var bytes = new MemoryStream(packed.Length * 4);
        brotli.CopyTo(bytes);
        return bytes.ToArray();
    }
}
