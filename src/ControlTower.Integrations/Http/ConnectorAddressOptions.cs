namespace ControlTower.Integrations.Http;

/// <summary>Section <c>Connectors</c> of the configuration.</summary>
public sealed record ConnectorAddressOptions
{
    public const string Section = "Connectors";

    /// <summary>
    /// Hosts (names or addresses) that a base URL may name although they are loopback, private or link-local. Default:
    /// none.
    /// </summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];
}
