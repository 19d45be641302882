using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ControlTower.Integrations.Http.Authentication;

/// <summary>
/// Reads the certificate of mutual TLS from a credential: PEM with its unencrypted or encrypted key, or PKCS#12 in
/// base64.
/// </summary>
internal static class ClientCertificate
{
    private const string Pem = "-----BEGIN";

    /// <exception cref="RequestAuthenticationException">It is neither, its password is wrong, or it has no key.</exception>
    public static X509Certificate2 Read(string text, string? password)
    {
        try
        {
            var certificate = !text.Contains(Pem, StringComparison.Ordinal)
                ? X509CertificateLoader.LoadPkcs12(Convert.FromBase64String(text), password)
                : password is { Length: > 0 } ? X509Certificate2.CreateFromEncryptedPem(text, text, password)
                : X509Certificate2.CreateFromPem(text, text);
            return certificate.HasPrivateKey
                ? certificate
                : throw new RequestAuthenticationException("The client certificate has no private key.", isRefused: true);
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException or ArgumentException)
        {
            throw new RequestAuthenticationException($"The client certificate cannot be read: {failure.Message}", isRefused: true);
        }
    }
}
