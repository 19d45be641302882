using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ControlTower.Integrations.RabbitMq;

/// <summary>
/// Accepts a broker's certificate only when the machine trusts it for the requested name, and keeps as text why one was
/// refused: the exception that is thrown then does not contain the reason.
/// </summary>
internal sealed class CertificateValidator
{
    /// <summary>A part of a sentence: <c>its certificate (CN=mq) is not for the name mq.example</c>.</summary>
    public string? Refusal { get; private set; }

    public RemoteCertificateValidationCallback For(string name) => (_, certificate, chain, errors) =>
    {
        Refusal = errors == SslPolicyErrors.None ? null : Report(name, certificate, chain, errors);
        return errors == SslPolicyErrors.None;
    };

    private static string Report(string name, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var chainStatus = chain is null
            ? X509ChainStatusFlags.NoError
            : chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
        return certificate is null ? "it shows no certificate"
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
                ? $"its certificate ({certificate.Subject}) is not for the name {name}"
            : chainStatus.HasFlag(X509ChainStatusFlags.NotTimeValid)
                ? $"a certificate of its chain ({certificate.Subject}, issued by {certificate.Issuer}) is out of its time"
            : (chainStatus & (X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot)) != 0
                ? $"its certificate ({certificate.Subject}, issued by {certificate.Issuer}) comes from nobody whom this machine trusts"
            : $"its certificate ({certificate.Subject}, issued by {certificate.Issuer}) is refused: {chainStatus}";
    }
}
