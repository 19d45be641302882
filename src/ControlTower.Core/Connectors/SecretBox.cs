using System.Security.Cryptography;
using System.Text;

namespace ControlTower.Core.Connectors;

/// <summary>
/// Keeps secrets encrypted at rest: AES-256-GCM under the master key, bound to its purpose, so that a secret copied to
/// another row does not open. A sealed secret is one format byte, 12 bytes of nonce, 16 bytes of tag and the cipher
/// text.
/// </summary>
public sealed class SecretBox : IDisposable
{
    public const int KeyBytes = 32;
    private const byte Format = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int Overhead = 1 + NonceBytes + TagBytes;

    private readonly byte[] _key;

    public SecretBox(ReadOnlySpan<byte> masterKey)
    {
        if (masterKey.Length != KeyBytes)
        {
            throw new ArgumentException($"The master key has {masterKey.Length} bytes; it needs {KeyBytes}.", nameof(masterKey));
        }

        _key = masterKey.ToArray();
    }

    /// <summary>Seals the bytes for a purpose such as <c>connector:wms:inbound</c>.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plain, string purpose)
    {
        var sealedBytes = new byte[Overhead + plain.Length];
        sealedBytes[0] = Format;
        var nonce = sealedBytes.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagBytes);
        aes.Encrypt(
            nonce, plain, sealedBytes.AsSpan(Overhead), sealedBytes.AsSpan(1 + NonceBytes, TagBytes), Encoding.UTF8.GetBytes(purpose));
        return sealedBytes;
    }

    /// <summary>Opens what was sealed for that purpose.</summary>
    /// <exception cref="CryptographicException">Another master key, another purpose, or damaged bytes.</exception>
    public byte[] Open(ReadOnlySpan<byte> sealedBytes, string purpose)
    {
        if (sealedBytes.Length < Overhead || sealedBytes[0] != Format)
        {
            throw new CryptographicException("This is not a secret that this version sealed.");
        }

        var plain = new byte[sealedBytes.Length - Overhead];
        using var aes = new AesGcm(_key, TagBytes);
        aes.Decrypt(
            sealedBytes.Slice(1, NonceBytes), sealedBytes[Overhead..], sealedBytes.Slice(1 + NonceBytes, TagBytes), plain,
            Encoding.UTF8.GetBytes(purpose));
        return plain;
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_key);
}
