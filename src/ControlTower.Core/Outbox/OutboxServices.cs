using System.Security.Cryptography;
using ControlTower.Core.Connectors.Flow;
using ControlTower.Core.Engine;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ControlTower.Core.Outbox;

/// <summary>Registers the outbox: claims, lanes, settlement, doubt.</summary>
public static class OutboxServices
{
    /// <summary>Needs <c>AddControlTowerCore</c>, <c>AddConnectors</c> and the integrations; reads the section <c>Outbox</c>.</summary>
    public static IServiceCollection AddOutbox(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OutboxOptions>().Bind(configuration.GetSection(OutboxOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<OutboxOptions>, OutboxOptionsCheck>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<OutboxOptions>>().Value);
        services.AddSingleton(new SenderName($"{Environment.MachineName}/{Environment.ProcessId}/{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}"));
        services.AddSingleton<IOutboxStatements>(provider => provider.GetRequiredService<ITowerDb>().Provider == DatabaseProvider.SqlServer
            ? new SqlServerOutboxStatements()
            : new PostgresOutboxStatements());
        services.AddSingleton<RetrySchedule>();
        services.AddSingleton<ClosingRules>();
        services.AddSingleton<Doubts>();
        services.AddSingleton<CommandGate>();
        services.AddSingleton<CommandClaims>();
        services.AddSingleton<Settlement>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<Settler>(provider, provider.GetRequiredService<TowerClocks>().System));
        services.AddSingleton<AttemptLog>();
        services.AddSingleton<Dispatcher>();
        services.Replace(ServiceDescriptor.Singleton<IDepartures, Departures>());
        services.AddSingleton<UnroutedCommands>();
        services.AddSingleton<RoutingGapCases>();
        services.AddSingleton<UnroutedSweep>();
        services.AddSingleton<DoubtSweep>();
        services.AddSingleton<LookupOutcomes>();
        services.AddSingleton<DoubtLookups>();
        services.AddSingleton<ConnectorProbe>();
        services.AddSingleton<FlowWriter>();
        services.AddHostedService<OutboxWorker>();
        return services;
    }
}
