namespace ControlTower.Core.Connectors;

/// <summary>Seals and opens the secrets of connectors; each is bound to its connector and direction.</summary>
public sealed class ConnectorSecrets(SecretBox box)
{
    /// <summary>How long the old inbound secret verifies after a change.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    public byte[] SealInbound(string connector, byte[] key) => box.Seal(key, Inbound(connector));

    public byte[] SealOutbound(string connector, byte[] key) => box.Seal(key, Outbound(connector));

    public byte[] InboundKey(ConnectorRecord connector) => box.Open(connector.InboundSecret, Inbound(connector.Name));

    public byte[]? PreviousInboundKey(ConnectorRecord connector) =>
        connector.PreviousInboundSecret is { } previous ? box.Open(previous, Inbound(connector.Name)) : null;

    public byte[] OutboundKey(ConnectorRecord connector) => box.Open(connector.OutboundSecret, Outbound(connector.Name));

    private static string Inbound(string connector) => $"connector:{connector}:inbound";

    private static string Outbound(string connector) => $"connector:{connector}:outbound";
}
