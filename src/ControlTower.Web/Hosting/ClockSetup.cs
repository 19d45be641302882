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
    /// <summary>Keeps the position of a business time that has a file.</summary>
    public static void AddClockPosition(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration["Clock:File"] is { Length: > 0 } file)
        {
            services.AddHostedService(provider => ActivatorUtilities.CreateInstance<ClockService>(provider, file));
        }
    }
}
