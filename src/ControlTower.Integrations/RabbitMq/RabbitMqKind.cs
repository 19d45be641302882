using System.Text.Json;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Integrations.Http;

namespace ControlTower.Integrations.RabbitMq;

/// <summary>Kind <c>rabbitmq</c>: a broker as backbone of events.</summary>
internal sealed class RabbitMqKind(AddressGuard guard, ConnectorSecrets secrets) : IConnectorKind
{
    public const string Name = "rabbitmq";
    public const string Password = "password";

    internal static readonly ConnectorKindInfo Info = new()
    {
        Kind = Name,
        Title = "RabbitMQ",
        About = "Takes facts from queues of a broker, and publishes milestones to an exchange. Needs a user with rights on them, and "
            + "senders that speak CloudEvents as the open connector does.",
        Verified = "verified against RabbitMQ 3.10",
        Roles = Roles.Registrable,
        HasBaseUrl = false,
        Streams = true,
        Settings = RabbitSettings.Infos,
        Credentials = [new CredentialInfo(Password, "Password", Required: true)],
    };

    public string Kind => Name;

    public ConnectorKindInfo Describe() => Info;

    public IReadOnlyList<SettingError> FindErrors(JsonElement settings, IReadOnlySet<string> credentials) =>
        RabbitSettings.Parse(settings).Validate();

    public PublishingRule? PublishingOf(JsonElement settings)
    {
        var read = RabbitSettings.Parse(settings);
        return read.Exchange is null ? null
            : new PublishingRule(
                read.Milestones.Count == 0 ? null : read.Milestones.ToHashSet(StringComparer.Ordinal), read.RoutingKey.From);
    }

    public IConnectorChannel Open(ConnectorRecord connector)
    {
        using var settings = JsonDocument.Parse(connector.Settings);
        return new RabbitChannel(new Broker(guard, RabbitSettings.Parse(settings.RootElement), secrets.CredentialsOf(connector)
            .Find(Password), connector.Name));
    }
}
