using System.Text;
using ControlTower.Core.Connectors;
using ControlTower.Integrations.Http;
using ControlTower.Integrations.Tests.Open;
using ControlTower.Integrations.Tryton;
using ControlTower.Integrations.Tryton.Documents;
using ControlTower.Integrations.Tryton.Polling;
using ControlTower.Integrations.Tryton.Rpc;

namespace ControlTower.Integrations.Tests.Tryton;

internal static class TrytonChannels
{
    public static TrytonChannel To(string baseUrl, string role, PipelineOptions options, string settings = """{"user":"tower"}""")
    {
        var read = TrytonSettings.Read(settings);
        var client = new TrytonClient(new ConnectorHttp(Channels.Guard("127.0.0.1")), baseUrl + "/db", read.User, "secret", read.Company,
            TimeProvider.System);
        var poll = new TrytonPoll(client, read, new DocumentReader(client, read, "tryton", role), role);
        return new TrytonChannel(client, poll, new TrytonTest(client, read, role), read,
            new ConnectorPipeline(options, TimeProvider.System, () => 0.5), options);
    }

    public static CommandEnvelope Release(Func<bool>? mayWrite = null) => Command(
        "release-fulfilment", "release-fulfilment:4:WH/1",
        """{"references":{"order":"4"},"site":"WH","lines":[{"line":"70","item":"SKU-001","quantity":10,"unit":"EA"}]}""", mayWrite);

    public static CommandEnvelope Invoice(Func<bool>? mayWrite = null) => Command(
        "create-invoice", "create-invoice:4:4/1",
        """{"references":{"order":"4","shipment":"4"},"invoice":{"currency":"EUR","customer":"3","lines":[{"line":"70","item":"SKU-001","quantity":10,"unitPrice":10,"amount":100}],"net":100}}""",
        mayWrite);

    private static CommandEnvelope Command(string kind, string key, string data, Func<bool>? mayWrite) => new(
        kind, key, Encoding.UTF8.GetBytes($$"""{"specversion":"1.0","id":"{{key}}","data":{{data}}}"""),
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", mayWrite);
}
