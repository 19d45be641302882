using System.Security.Cryptography;
using ControlTower.Core.Persistence.Connectors;

namespace ControlTower.Core.Connectors;

/// <summary>Seals and opens the secrets of connectors; each is bound to its connector and direction.</summary>
public sealed class ConnectorSecrets(SecretBox box)
{
    /// <summary>How long the old inbound secret verifies after a change.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    public byte[] SealInbound(string connector, byte[] key) => box.Seal(key, Inbound(connector));

    public byte[] SealOutbound(string connector, byte[] key) => box.Seal(key, Outbound(connector));

    /// <summary>Null for a kind that does not sign.</summary>
    public byte[]? InboundKey(ConnectorRecord connector) =>
        connector.InboundSecret is { } secret ? box.Open(secret, Inbound(connector.Name)) : null;

    public byte[]? PreviousInboundKey(ConnectorRecord connector) =>
        connector.PreviousInboundSecret is { } previous ? box.Open(previous, Inbound(connector.Name)) : null;

    /// <exception cref="CryptographicException">It has none, or it does not open.</exception>
    public byte[] OutboundKey(ConnectorRecord connector) =>
        box.Open(connector.OutboundSecret ?? throw new CryptographicException($"{connector.Name} has no outbound secret."),
            Outbound(connector.Name));

    public byte[] SealCredentials(string connector, ConnectorCredentials credentials) =>
        box.Seal(credentials.ToJson(), Credentials(connector));

    /// <summary>The opened credentials; empty when there are none.</summary>
    public ConnectorCredentials CredentialsOf(ConnectorRecord connector) =>
        connector.Credentials is { } secret
            ? ConnectorCredentials.FromJson(box.Open(secret, Credentials(connector.Name)))
            : ConnectorCredentials.Empty;

    /// <summary>The names of the credentials that this process can open.</summary>
    public IReadOnlyList<string> NamesOf(ConnectorRecord connector)
    {
        try
        {
            return [.. CredentialsOf(connector).Names.Order(StringComparer.Ordinal)];
        }
        catch (CryptographicException)
        {
            // Sealed under another master key: none of them can be used.
            return [];
        }
    }

    private static string Credentials(string connector) => $"connector:{connector}:credentials";

    private static string Inbound(string connector) => $"connector:{connector}:inbound";

    private static string Outbound(string connector) => $"connector:{connector}:outbound";
}
