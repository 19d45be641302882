using ControlTower.Core.Hosting.Settings;
using ControlTower.Core.Kernel;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ControlTower.Web.Hosting;

internal static class ClockRegistration
{
    public static void AddTowerClocks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSection<ClockOptions>(configuration, ClockOptions.Section).Check(options => options.FindErrors());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => provider.GetRequiredService<ClockOptions>().File is { Length: > 0 } file
            ? BusinessClock.Read(file).ToClocks(provider.GetRequiredService<TimeProvider>())
            : TowerClocks.RealTime(provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>Keeps the position of a business time that has a file.</summary>
    public static void AddClockPosition(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration.ReadSection<ClockOptions>(ClockOptions.Section).File is { Length: > 0 } file)
        {
            services.AddHostedService(provider => ActivatorUtilities.CreateInstance<ClockService>(provider, file));
        }
    }
}
