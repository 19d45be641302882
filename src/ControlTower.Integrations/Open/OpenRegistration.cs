using ControlTower.Integrations.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Integrations.Open;

/// <summary>Registers the open connector.</summary>
public static class OpenRegistration
{
    public static IServiceCollection AddOpen(this IServiceCollection services, IConfiguration configuration) =>
        services.AddHttpKind<OpenConnectorKind>(configuration);
}
