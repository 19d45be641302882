using System.Text.Json;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Integrations.RabbitMq;

namespace ControlTower.Integrations.Tests.RabbitMq;

/// <summary>Errors of a registration are reported by field, before anything is dialled.</summary>
public class RabbitSettingsTests
{
    private static readonly HashSet<string> WithPassword = [RabbitMqKind.Password];

    [Fact]
    public void The_required_settings_are_enough()
    {
        var settings = Read("""{"hosts":["mq-1.example","mq-2.example:5673","[::1]:1"],"user":"tower","queues":["facts"]}""");
        settings.Validate().ShouldBeEmpty();
        settings.Hosts.Select(host => host.ToString()).ShouldBe(["mq-1.example:5672", "mq-2.example:5673", "::1:1"]);
        (settings.VirtualHost, settings.Prefetch, settings.Tls).ShouldBe(("/", 500, false));
    }

    [Fact]
    public void With_TLS_the_default_port_is_that_of_TLS() =>
        Read("""{"hosts":["mq.example"],"user":"u","queues":["q"],"tls":true}""").Hosts.ShouldBe([new BrokerHost("mq.example", 5671)]);

    [Theory]
    [InlineData("""{"user":"u","queues":["q"]}""", "settings.hosts")]
    [InlineData("""{"hosts":[],"user":"u","queues":["q"]}""", "settings.hosts")]
    [InlineData("""{"hosts":["amqp://mq"],"user":"u","queues":["q"]}""", "settings.hosts")]
    [InlineData("""{"hosts":["mq:70000"],"user":"u","queues":["q"]}""", "settings.hosts")]
    [InlineData("""{"hosts":["mq"],"user":"u"}""", "settings.queues")]
    [InlineData("""{"hosts":["mq"],"user":"u","queues":["q","q"]}""", "settings.queues")]
    [InlineData("""{"hosts":["mq"],"user":"u","exchange":"amq.topic"}""", "settings.exchange")]
    [InlineData("""{"hosts":["mq"],"user":"u","exchange":"e","routingKey":"{order}"}""", "settings.routingKey")]
    [InlineData("""{"hosts":["mq"],"user":"u","exchange":"e","milestones":["shipment.vanished"]}""", "settings.milestones")]
    [InlineData("""{"hosts":["mq"],"user":"u","queues":["q"],"prefetch":0}""", "settings.prefetch")]
    [InlineData("""{"hosts":["mq"],"user":"u","queues":["q"],"prefetch":10001}""", "settings.prefetch")]
    [InlineData("""{"hosts":["mq"],"user":"u","queues":["q"],"tlsName":"mq"}""", "settings.tlsName")]
    [InlineData("""{"hosts":["mq"],"user":"u","queues":["q"],"prefetch":"many"}""", "settings.prefetch")]
    [InlineData("""{"hosts":["mq"],"user":"u","queues":["q"],"queue":"q"}""", "settings.queue")]
    public void An_error_names_its_field(string settings, string field) =>
        SettingsCheck.FindErrors(Kind, JsonElement.Parse(settings), WithPassword).ShouldContain(error => error.Field == field);

    [Fact]
    public void A_password_is_required() => SettingsCheck
        .FindErrors(Kind, JsonElement.Parse("""{"hosts":["mq"],"user":"u","queues":["q"]}"""), new HashSet<string>())
        .ShouldHaveSingleItem().Field.ShouldBe("credentials.password");

    private static RabbitMqKind Kind => new(null!, null!);

    private static RabbitSettings Read(string json) => RabbitSettings.Parse(JsonElement.Parse(json));
}
