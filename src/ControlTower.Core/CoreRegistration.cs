using ControlTower.Core.Administration;
using ControlTower.Core.Approvals;
using ControlTower.Core.Audit;
using ControlTower.Core.Cases;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Engine;
using ControlTower.Core.Engine.Counts;
using ControlTower.Core.Hosting.Settings;
using ControlTower.Core.Housekeeping;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Policies;
using ControlTower.Core.Replay;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ControlTower.Core;

/// <summary>Registers the tower without its network: database, inbox, engine, policies, topology, audit.</summary>
public static class CoreRegistration
{
    /// <summary>
    /// Needs a <see cref="TimeProvider"/> or <see cref="TowerClocks"/> and, where pages are live, an
    /// <see cref="IAnnouncer"/> from the host.
    /// </summary>
    public static IServiceCollection AddCore(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSection<EngineOptions>(configuration, EngineOptions.Section);
        services.AddSection<InboxOptions>(configuration, InboxOptions.Section);
        services.TryAddSingleton(provider => TowerClocks.RealTime(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IAnnouncer, SilentAnnouncer>();
        return services.AddDatabase(configuration).AddStores().AddInbox().AddEngineParts()
            .AddCases().AddReplay().AddApprovals().AddAdministration().AddHousekeeping(configuration).AddAudit(static _ => null);
    }

    private static IServiceCollection AddDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        var provider = configuration.ReadSection<DatabaseOptions>(DatabaseOptions.Section).Provider;
        services.AddSection<ConnectionOptions>(configuration, ConnectionOptions.Section)
            .Check(options => ConnectionStringCheck.FindErrors(options, provider));
        services.AddSection<DatabaseOptions>(configuration, DatabaseOptions.Section);
        services.AddSingleton(services => services.GetRequiredService<IOptions<DatabaseOptions>>().Value with
        {
            ConnectionString = services.GetRequiredService<ConnectionOptions>().ControlTower,
        });
        services.AddSingleton<ITowerDb, TowerDb>();
        services.AddSingleton<IDbContextFactory<TowerDbContext>>(provider => provider.GetRequiredService<ITowerDb>());
        services.AddSingleton(provider => provider.GetRequiredService<ITowerDb>().Statements);
        services.AddSingleton<DatabaseSettingsCheck>();

        // For the stores of the sign-in, which need one per request.
        services.AddScoped(provider => provider.GetRequiredService<ITowerDb>().CreateDbContext());
        return services;
    }

    private static IServiceCollection AddStores(this IServiceCollection services)
    {
        services.AddSingleton<CountService>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton(provider => new ConnectorKinds(provider.GetServices<IConnectorKind>));
        services.AddSingleton<ISystemTopologyStore, SystemTopologyStore>();
        services.AddSingleton<IPolicyStore, PolicyStore>();
        return services;
    }

    private static IServiceCollection AddInbox(this IServiceCollection services)
    {
        services.AddSingleton<EngineSignal>();
        services.AddSingleton<ConflictCases>();
        services.AddSingleton<InboxWriter>();
        services.AddSingleton<KnownEvents>();
        services.AddSingleton<InboxAcceptor>();
        return services;
    }

    private sealed class SilentAnnouncer : IAnnouncer
    {
        public void Announce(Change change)
        {
        }
    }
}
