using ControlTower.Core.Connectors;
using ControlTower.Core.Hosting.Settings;
using ControlTower.Core.Kernel;
using ControlTower.Core.Outbox;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Integrations.Http;

/// <summary>Registers what all connectors over HTTP share; calling it again changes nothing.</summary>
internal static class HttpRegistration
{
    /// <summary>Reads <c>Connectors:AllowedHosts</c> and <c>Connectors:Pipeline</c>.</summary>
    public static IServiceCollection AddHttp(this IServiceCollection services, IConfiguration configuration)
    {
        if (services.Any(service => service.ServiceType == typeof(ConnectorHttp)))
        {
            return services;
        }

        var lease = configuration.ReadSection<OutboxOptions>(OutboxOptions.Section).LeaseSeconds;
        services.AddSection<PipelineOptions>(configuration, PipelineOptions.Section).Check(options => options.FindErrors(lease));
        services.AddSection<ConnectorAddressOptions>(configuration, ConnectorAddressOptions.Section);
        services.AddSingleton<AddressGuard>();
        services.AddSingleton<IBaseUrlGuard>(provider => provider.GetRequiredService<AddressGuard>());
        services.AddSingleton<ConnectorHttp>();
        return services;
    }

    /// <summary>
    /// A kind of connector that calls its system over HTTP, with the random number of its pauses. Needs
    /// <see cref="TowerClocks"/> and <see cref="ConnectorSecrets"/>.
    /// </summary>
    public static IServiceCollection AddHttpKind<TKind>(this IServiceCollection services, IConfiguration configuration)
        where TKind : class, IConnectorKind
    {
        services.AddHttp(configuration);
        services.AddSingleton<IConnectorKind>(provider =>
            ActivatorUtilities.CreateInstance<TKind>(provider, (Func<double>)provider.GetRequiredService<Jitter>().Next));
        return services;
    }
}
