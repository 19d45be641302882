using System.Globalization;
using ControlTower.Core.Connectors;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.EndToEnd.Tests.Engine;
using ControlTower.EndToEnd.Tests.Landscape;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.RabbitMq;

/// <summary>
/// TLS to a real broker whose certificate is signed by a separate authority: accepted where the machine trusts it, else
/// refused in one sentence.
/// </summary>
[Collection(nameof(RabbitCollection))]
public class TlsTests(RabbitServer broker)
{
    [Fact(Skip = RabbitInstall.SkipReason, SkipUnless = nameof(RabbitInstall.IsThere), SkipType = typeof(RabbitInstall))]
    public async Task TLS_works_where_the_machine_trusts_the_authority_and_a_certificate_for_another_name_is_refused()
    {
        var sender = new Sender(broker);
        await sender.DeclareAsync("tls.facts");
        var subscriber = new Subscriber(broker, "tower.tls", "tls.events");
        await subscriber.DeclareAsync();
        await subscriber.BindAsync("#");
        await using var tower = await TowerHost.StartAsync(
            Landscape(), new Dictionary<string, string> { ["SSL_CERT_FILE"] = broker.Authority });
        await sender.PublishAsync("tls.facts", [Events.Order("SO-1")]);

        await Eventually.AsyncIs(async () => await subscriber.ReadAsync() == 1, () => tower.Story);
        subscriber.All.Single().Subject.ShouldBe("bus:SO-1");
        await HealthAsync(tower, "bus", ConnectorHealth.Healthy);
        await HealthAsync(tower, "other", ConnectorHealth.Down);
        (await ConnectorAsync(tower, "other")).LastError
            .ShouldBe($"No TLS connection to 127.0.0.1:{Port}: its certificate (CN=broker) is not for the name mq.example.");
    }

    [Fact(Skip = RabbitInstall.SkipReason, SkipUnless = nameof(RabbitInstall.IsThere), SkipType = typeof(RabbitInstall))]
    public async Task An_untrusted_certificate_and_a_port_without_TLS_are_one_sentence_each_in_test_and_health()
    {
        await using var room = await PublishingTestHost.OpenAsync();
        await room.RegisterAsync("stranger", broker, "\"queues\":[\"any\"],\"tls\":true", port: broker.TlsPort);
        await room.RegisterAsync("plain", broker, "\"queues\":[\"any\"],\"tls\":true", role: "crm");
        var untrusted =
            $"No TLS connection to 127.0.0.1:{Port}: its certificate (CN=broker, issued by CN=Tests' authority) comes from nobody whom "
                + "this machine trusts.";

        (await room.TestAsync("stranger")).ShouldBe([new TestStep(untrusted, false)]);
        await room.HealthAsync("stranger", ConnectorHealth.Down);
        (await room.ConnectorAsync("stranger")).LastError.ShouldBe(untrusted);
        await room.HealthAsync("plain", ConnectorHealth.Down);
        (await room.ConnectorAsync("plain")).LastError!
            .ShouldStartWith(string.Create(CultureInfo.InvariantCulture, $"No TLS connection to 127.0.0.1:{broker.Port}: "));
    }

    private string Port => broker.TlsPort.ToString(CultureInfo.InvariantCulture);

    private string Landscape() => $$"""
        {"sites":[{"code":"S1","name":"Site","timeZone":"UTC","region":"East","area":"east"}],"connectors":[
         {{Body("bus", "erp", "\"queues\":[\"tls.facts\"],\"exchange\":\"tower.tls\",\"milestones\":[\"order.accepted\"]")}},
         {{Body("other", "crm", "\"queues\":[\"tls.facts\"],\"tlsName\":\"mq.example\"")}}]}
        """;

    private string Body(string name, string role, string settings) => $$"""
        {"name":"{{name}}","kind":"rabbitmq","role":"{{role}}","reports":[],"credentials":{"password":"{{RabbitServer.Password}}"},
         "settings":{"hosts":["127.0.0.1:{{Port}}"],"tls":true,"user":"{{RabbitServer.Tower}}",{{settings}}} }
        """;

    private static Task<ConnectorRecord> ConnectorAsync(TowerHost tower, string name) =>
        tower.ReadAsync(db => db.Connectors.AsNoTracking().SingleAsync(c => c.Name == name));

    private static Task HealthAsync(TowerHost tower, string name, ConnectorHealth health) => Eventually.AsyncIs(
        async () => (await ConnectorAsync(tower, name)).Health == health,
        () => $"{name} did not become {health}: {ConnectorAsync(tower, name).Result.LastError}");
}
