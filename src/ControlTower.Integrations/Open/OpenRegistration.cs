using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ControlTower.Integrations.Open;

/// <summary>Registers the open connector.</summary>
public static class OpenRegistration
{
    /// <summary>
    /// Needs <see cref="TowerClocks"/> and <see cref="ConnectorSecrets"/>; reads <c>Connectors:AllowedHosts</c> and
    /// <c>Connectors:Pipeline</c>.
    /// </summary>
    public static IServiceCollection AddOpen(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHttp(configuration);
        services.AddSingleton<IConnectorKind>(provider => new OpenConnectorKind(
            provider.GetRequiredService<ConnectorHttp>(),
            provider.GetRequiredService<ConnectorSecrets>(),
            provider.GetRequiredService<TowerClocks>(),
            provider.GetRequiredService<IOptions<PipelineOptions>>(),
            provider.GetRequiredService<Jitter>().Next));
        return services;
    }
}
