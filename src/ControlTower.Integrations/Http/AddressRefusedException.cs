namespace ControlTower.Integrations.Http;

/// <summary>The host leads to no address that the tower may dial; not one byte was sent.</summary>
internal sealed class AddressRefusedException(string host)
    : IOException(
        $"{host} leads to a loopback, private or link-local address that is not listed in {ConnectorAddressOptions.Section}:AllowedHosts.");
