using ControlTower.Core.Connectors;
using ControlTower.Integrations.Http;
using ControlTower.Integrations.Http.Authentication;
using ControlTower.Integrations.Open;
using Microsoft.Extensions.Options;

namespace ControlTower.Integrations.Tests.Open;

/// <summary>Channels to partners on this machine.</summary>
internal static class Channels
{
    public static readonly PipelineOptions Quick = new() { TimeoutSeconds = 1, RepeatsOfNotSent = 0, BreakerFailures = 100 };

    public static AddressGuard Guard(params string[] allowed) =>
        new(Options.Create(new ConnectorAddressOptions { AllowedHosts = allowed }));

    public static OpenChannel To(string baseUrl, PipelineOptions? options = null, AddressGuard? guard = null)
    {
        var settings = options ?? Quick;
        var http = new ConnectorHttp(guard ?? Guard("127.0.0.1", "localhost"));
        return new OpenChannel(new AuthenticatedHttp(http, new NoAuthentication()),
            new OpenRequests(baseUrl, Partner.Key, TimeProvider.System), new ConnectorPipeline(settings, TimeProvider.System, () => 0.5),
            settings, TimeProvider.System);
    }

    public static CommandEnvelope Command(string key = "release-fulfilment:SO-1001:WH1/1", Func<bool>? mayWrite = null) => new(
        "release-fulfilment", key, """{"specversion":"1.0","id":"release-fulfilment:SO-1001:WH1/1"}"""u8.ToArray(),
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", mayWrite);

    public static Task<SendResult> SendAsync(this OpenChannel channel) => channel.SendAsync(Command(), CancellationToken.None);
}
