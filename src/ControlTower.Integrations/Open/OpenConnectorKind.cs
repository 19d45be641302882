using System.Text.Json;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Connectors.Receiving;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Integrations.Http;
using ControlTower.Integrations.Http.Authentication;
using Microsoft.Extensions.Options;

namespace ControlTower.Integrations.Open;

/// <summary>
/// Builds channels of kind <c>open</c>. Each channel has a pipeline of its own; the HTTP client is shared and keeps
/// nothing between them.
/// </summary>
internal sealed class OpenConnectorKind(
    ConnectorHttp http, ConnectorSecrets secrets, TowerClocks clocks, IOptions<PipelineOptions> options, Func<double> random)
        : IConnectorKind
{
    public const string Name = "open";

    internal static readonly ConnectorKindInfo Info = new()
    {
        Kind = Name,
        Title = "Open connector",
        About = "Any system that speaks the tower's own contract: CloudEvents in, commands out, both signed by Standard Webhooks. "
            + "A contract test shows whether an endpoint does. A gateway before it may require its own authentication.",
        Verified = "verified by the contract test and the sandbox",
        Roles = Roles.Registrable,
        BaseUrlHelp = "Where commands are posted and facts are polled: https://wms.example/tower",
        Signs = true,
        Polls = true,
        Sends = true,
        UnknownOutcome = UnknownOutcomePolicy.NativeKey,
        Settings = AuthenticationSettings.Settings,
        Credentials = AuthenticationSettings.Credentials,
    };

    public string Kind => Name;

    public IInboundReceiver Receiver { get; } = new OpenReceiver();

    public ConnectorKindInfo Describe() => Info;

    public IReadOnlyList<SettingError> FindErrors(JsonElement settings, IReadOnlySet<string> credentials) =>
        AuthenticationSettings.FindErrors(settings, credentials);

    public IConnectorChannel Open(ConnectorRecord connector)
    {
        var settings = options.Value.For(connector);
        using var own = JsonDocument.Parse(connector.Settings);
        var client = AuthenticationSettings.Open(http, own.RootElement.Clone(), secrets.CredentialsOf(connector), clocks.System);
        var requests = new OpenRequests(connector.BaseUrl, secrets.OutboundKey(connector), clocks.System);
        return new OpenChannel(client, requests, new ConnectorPipeline(settings, clocks.System, random), settings, clocks.System,
            connector.Poll);
    }
}
