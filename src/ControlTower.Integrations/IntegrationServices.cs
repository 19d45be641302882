using ControlTower.Integrations.Open;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Integrations;

/// <summary>Every kind of connector that the tower ships. A new kind is a folder here and a line below.</summary>
public static class IntegrationServices
{
    public static IServiceCollection AddIntegrations(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOpenConnector(configuration);   // whoever speaks our own contract
        return services;
    }
}
