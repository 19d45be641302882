using ControlTower.Core.Connectors;
using ControlTower.Core.Time;
using ControlTower.Integrations.Http;
using Microsoft.Extensions.Options;

namespace ControlTower.Integrations.Open;

/// <summary>Builds channels of kind <c>open</c>. Each channel has a pipeline of its own; the HTTP client is shared and keeps nothing between them.</summary>
internal sealed class OpenConnectorKind(
    ConnectorHttp http, ConnectorSecrets secrets, TowerClocks clocks, IOptions<PipelineOptions> options, Func<double> random) : IConnectorKind
{
    public const string Name = "open";

    public string Kind => Name;

    public IConnectorChannel Open(ConnectorRecord connector)
    {
        var settings = options.Value.For(connector);
        var requests = new OpenRequests(connector.BaseUrl, secrets.OutboundKey(connector), clocks.System);
        return new OpenChannel(http, requests, new ConnectorPipeline(settings, clocks.System, random), settings, clocks.System);
    }
}
