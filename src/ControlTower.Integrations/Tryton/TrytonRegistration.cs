using ControlTower.Integrations.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Integrations.Tryton;

/// <summary>Registers the connector to Tryton.</summary>
public static class TrytonRegistration
{
    public static IServiceCollection AddTryton(this IServiceCollection services, IConfiguration configuration) =>
        services.AddHttpKind<TrytonKind>(configuration);
}
