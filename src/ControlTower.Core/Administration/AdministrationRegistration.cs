using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Core.Administration;

/// <summary>Registers what administrators change.</summary>
internal static class AdministrationRegistration
{
    public static IServiceCollection AddAdministration(this IServiceCollection services) => services.AddSingleton<PolicyChanges>();
}
