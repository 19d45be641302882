using ControlTower.Core.Connectors;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ControlTower.Integrations.Http;

/// <summary>Registers what all connectors over HTTP share; calling it again changes nothing.</summary>
internal static class HttpServices
{
    /// <summary>Reads <c>Connectors:AllowedHosts</c> and <c>Connectors:Pipeline</c>.</summary>
    public static IServiceCollection AddConnectorHttp(this IServiceCollection services, IConfiguration configuration)
    {
        if (services.Any(service => service.ServiceType == typeof(ConnectorHttp)))
        {
            return services;
        }

        var section = configuration.GetSection(ConnectorAddressOptions.Section);
        services.AddOptions<PipelineOptions>().Bind(section.GetSection("Pipeline")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PipelineOptions>, PipelineOptionsCheck>();
        services.AddSingleton(Options.Create(section.Get<ConnectorAddressOptions>() ?? new ConnectorAddressOptions()));
        services.AddSingleton<AddressGuard>();
        services.AddSingleton<IBaseUrlGuard>(provider => provider.GetRequiredService<AddressGuard>());
        services.AddSingleton<ConnectorHttp>();
        return services;
    }
}
