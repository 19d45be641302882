using ControlTower.Core.Connectors;
using ControlTower.Integrations.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Integrations.RabbitMq;

/// <summary>Registers kind <c>rabbitmq</c>.</summary>
public static class RabbitMqRegistration
{
    public static IServiceCollection AddRabbitMq(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHttp(configuration);   // the guard over addresses
        services.AddSingleton<IConnectorKind>(provider =>
            new RabbitMqKind(provider.GetRequiredService<AddressGuard>(), provider.GetRequiredService<ConnectorSecrets>()));
        return services;
    }
}
