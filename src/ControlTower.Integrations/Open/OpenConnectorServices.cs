using ControlTower.Core.Connectors;
using ControlTower.Core.Outbox;
using ControlTower.Core.Time;
using ControlTower.Integrations.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ControlTower.Integrations.Open;

/// <summary>Registers the open connector and what all connectors over HTTP share.</summary>
public static class OpenConnectorServices
{
    /// <summary>Needs <see cref="TowerClocks"/> and <see cref="ConnectorSecrets"/>; reads <c>Connectors:AllowedHosts</c> and <c>Connectors:Pipeline</c>.</summary>
    public static IServiceCollection AddOpenConnector(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(ConnectorAddressOptions.Section);
        services.AddOptions<PipelineOptions>().Bind(section.GetSection("Pipeline")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PipelineOptions>, PipelineOptionsCheck>();
        services.AddSingleton(Options.Create(section.Get<ConnectorAddressOptions>() ?? new ConnectorAddressOptions()));
        services.AddSingleton<AddressGuard>();
        services.AddSingleton<IBaseUrlGuard>(provider => provider.GetRequiredService<AddressGuard>());
        services.AddSingleton<ConnectorHttp>();
        services.AddSingleton<IConnectorKind>(provider => new OpenConnectorKind(
            provider.GetRequiredService<ConnectorHttp>(),
            provider.GetRequiredService<ConnectorSecrets>(),
            provider.GetRequiredService<TowerClocks>(),
            provider.GetRequiredService<IOptions<PipelineOptions>>(),
            provider.GetRequiredService<Jitter>().Next));
        return services;
    }
}
