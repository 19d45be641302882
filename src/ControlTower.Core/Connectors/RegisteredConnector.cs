using System.Text.Json;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Connectors;

namespace ControlTower.Core.Connectors;

/// <summary>
/// A connector as this process works with it: its row, its opened secrets, its channel and its inbound rate. It lives
/// as long as the row's version is current.
/// </summary>
public sealed class RegisteredConnector
{
    private readonly byte[]? _inbound;
    private readonly byte[]? _previousInbound;

    internal RegisteredConnector(
        ConnectorRecord record, byte[]? inbound, byte[]? previousInbound, IConnectorChannel? channel, TokenBucket? inboundRate,
        ConnectorCredentials? credentials = null)
    {
        Credentials = credentials ?? ConnectorCredentials.Empty;
        Settings = JsonElement.Parse(record.Settings);
        Record = record;
        _inbound = inbound;
        _previousInbound = previousInbound;
        Channel = channel;
        InboundRate = inboundRate;
    }

    public ConnectorRecord Record { get; }

    public string Name => Record.Name;

    /// <summary>Empty when there are none, or they do not open under this process's master key.</summary>
    public ConnectorCredentials Credentials { get; }

    public JsonElement Settings { get; }

    /// <summary>Null when its secrets do not open under this process's master key, or no integration of its kind is installed.</summary>
    public IConnectorChannel? Channel { get; }

    /// <summary>Null for unlimited.</summary>
    public TokenBucket? InboundRate { get; }

    /// <summary>
    /// The keys that verify inbound facts now: the current one, and for a day after a change the previous one.
    /// </summary>
    public IReadOnlyList<byte[]> InboundKeys(DateTimeOffset now) =>
        _inbound is null
            ? []
            : _previousInbound is not null && Record.PreviousInboundUntil > now ? [_inbound, _previousInbound] : [_inbound];

    /// <summary>The same connector with its row read again; keys, channel and rate are kept.</summary>
    internal RegisteredConnector With(ConnectorRecord record) => new(record, _inbound, _previousInbound, Channel, InboundRate, Credentials);

    internal static IReadOnlyList<string> List(string json) => JsonSerializer.Deserialize<string[]>(json) ?? [];
}
