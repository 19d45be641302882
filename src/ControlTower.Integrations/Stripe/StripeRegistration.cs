using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ControlTower.Integrations.Stripe;

/// <summary>Registers kind <c>stripe</c>.</summary>
public static class StripeRegistration
{
    public static IServiceCollection AddStripe(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHttp(configuration);
        services.AddSingleton<IConnectorKind>(provider => new StripeKind(
            provider.GetRequiredService<ConnectorHttp>(),
            provider.GetRequiredService<ConnectorSecrets>(),
            provider.GetRequiredService<TowerClocks>(),
            provider.GetRequiredService<IOptions<PipelineOptions>>(),
            provider.GetRequiredService<Jitter>().Next));
        return services;
    }
}
