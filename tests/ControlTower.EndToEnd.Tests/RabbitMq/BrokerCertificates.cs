using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ControlTower.EndToEnd.Tests.RabbitMq;

/// <summary>
/// An authority made for one run, which no machine trusts, and the certificate it issued to the broker for 127.0.0.1.
/// </summary>
internal static class BrokerCertificates
{
    public const string Authority = "authority.pem";
    public const string Certificate = "broker.pem";
    public const string Key = "broker-key.pem";

    /// <summary>Writes the three files.</summary>
    public static async Task WriteAsync(string folder)
    {
        using var authorityKey = RSA.Create(2048);
        using var authority = Sign("CN=Tests' authority", authorityKey,
            request => request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true)), issuer: null);
        using var key = RSA.Create(2048);
        using var certificate = Sign("CN=broker", key, request => request.CertificateExtensions.Add(Names()), authority);
        await File.WriteAllTextAsync(Path.Combine(folder, Authority), authority.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(folder, Certificate), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(folder, Key), key.ExportPkcs8PrivateKeyPem());
    }

    private static X509Certificate2 Sign(string name, RSA key, Action<CertificateRequest> extend, X509Certificate2? issuer)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        extend(request);
        var now = TimeProvider.System.GetUtcNow();
        return issuer is null
            ? request.CreateSelfSigned(now.AddDays(-2), now.AddDays(2))
            : request.Create(issuer, now.AddDays(-1), now.AddDays(1), RandomNumberGenerator.GetBytes(16));
    }

    private static X509Extension Names()
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        return names.Build();
    }
}
