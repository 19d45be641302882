using ControlTower.Core.Audit;
using ControlTower.Core.Connectors.Hours;
using ControlTower.Core.Engine;
using ControlTower.Core.Hosting.Settings;
using ControlTower.Core.Housekeeping.Rebuild;
using ControlTower.Core.Persistence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Core.Housekeeping;

/// <summary>Registers the services that keep the hot tables small. The host decides when they run.</summary>
public static class HousekeepingRegistration
{
    internal static IServiceCollection AddHousekeeping(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSection<HousekeepingOptions>(configuration, HousekeepingOptions.Section);
        services.AddSingleton<JobLeases>();
        services.AddSingleton<InboxArchiver>();
        services.AddSingleton<OutboxArchiver>();
        services.AddSingleton<PayloadPurge>();
        services.AddSingleton<CaseSiteService>();
        services.AddSingleton<ConnectorHourService>();
        services.AddSingleton<SearchTermService>();
        services.AddSingleton<HousekeepingService>();
        services.AddHousekeepingJobs();
        services.AddSingleton(provider => new Rebuilder(
            provider.GetRequiredService<ITowerDb>(),
            provider.GetRequiredService<CycleContexts>(),
            provider.GetRequiredService<TransactionLoader>(),
            provider.GetRequiredService<TransactionWriter>(),
            provider.GetRequiredService<EngineAnnouncer>(),
            provider.GetRequiredService<AuditTrail>()));
        return services;
    }
    /// <summary>The loop that runs its rounds. Not for commands that end by themselves.</summary>
    public static IServiceCollection AddHousekeepingRounds(this IServiceCollection services) =>
        services.AddHostedService<HousekeepingWorker>();
}
