using ControlTower.Integrations.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Integrations.EasyPost;

/// <summary>Registers kind <c>easypost</c>.</summary>
public static class EasyPostRegistration
{
    public static IServiceCollection AddEasyPost(this IServiceCollection services, IConfiguration configuration) =>
        services.AddHttpKind<EasyPostKind>(configuration);
}
