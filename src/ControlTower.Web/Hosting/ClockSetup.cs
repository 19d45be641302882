using ControlTower.Core.Kernel;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ControlTower.Web.Hosting;

internal static class ClockSetup
{
    public static void AddTowerClocks(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        var file = configuration["Clock:File"];
        services.TryAddSingleton(provider => string.IsNullOrEmpty(file)
            ? TowerClocks.RealTime(provider.GetRequiredService<TimeProvider>())
            : BusinessClock.Read(file).ToClocks(provider.GetRequiredService<TimeProvider>()));
    }
}
