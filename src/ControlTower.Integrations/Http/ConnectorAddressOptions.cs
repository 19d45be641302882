namespace ControlTower.Integrations.Http;

/// <summary>Section <c>Connectors</c>.</summary>
public sealed record ConnectorAddressOptions
{
    public const string Section = "Connectors";

    /// <summary>
    /// Hosts that a connector's base URL or <c>hosts</c> may name although they are loopback, private or link-local.
    /// </summary>
    /// <value>names or addresses</value>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];
}
