using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ControlTower.Integrations.EasyPost;

/// <summary>Registers kind <c>easypost</c>.</summary>
public static class EasyPostRegistration
{
    public static IServiceCollection AddEasyPost(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHttp(configuration);
        services.AddSingleton<IConnectorKind>(provider => new EasyPostKind(
            provider.GetRequiredService<ConnectorHttp>(),
            provider.GetRequiredService<ConnectorSecrets>(),
            provider.GetRequiredService<TowerClocks>(),
            provider.GetRequiredService<IOptions<PipelineOptions>>(),
            provider.GetRequiredService<Jitter>().Next));
        return services;
    }
}
