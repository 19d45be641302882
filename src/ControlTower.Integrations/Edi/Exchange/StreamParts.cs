using System.Security.Cryptography;

namespace ControlTower.Integrations.Edi.Exchange;

/// <summary>Reads and hashes parts of a file.</summary>
internal static class StreamParts
{
    public static byte[] ReadPart(this Stream stream, long offset, int length)
    {
        var bytes = new byte[length];
        stream.Position = offset;
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>SHA-256, lower-case hex.</summary>
    public static string HashPart(this Stream stream, long offset, long length)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        stream.Position = offset;
        while (length > 0)
        {
            var read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, length));
            if (read == 0)
            {
                break;
            }

            hash.AppendData(buffer, 0, read);
            length -= read;
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
