using System.Security.Cryptography;
using System.Text;

namespace ControlTower.Core.Kernel;

/// <summary>SHA-256 as lower-case hex: what names a content or a key.</summary>
public static class Digest
{
    public static string Hex(string text) => Hex(Encoding.UTF8.GetBytes(text));

    public static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
