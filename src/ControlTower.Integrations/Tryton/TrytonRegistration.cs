using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ControlTower.Integrations.Tryton;

/// <summary>Registers the connector to Tryton.</summary>
public static class TrytonRegistration
{
    public static IServiceCollection AddTryton(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHttp(configuration);
        services.AddSingleton<IConnectorKind>(provider => new TrytonKind(
            provider.GetRequiredService<ConnectorHttp>(),
            provider.GetRequiredService<ConnectorSecrets>(),
            provider.GetRequiredService<TowerClocks>(),
            provider.GetRequiredService<IOptions<PipelineOptions>>(),
            provider.GetRequiredService<Jitter>().Next));
        return services;
    }
}
