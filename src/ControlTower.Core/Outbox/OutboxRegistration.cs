using System.Security.Cryptography;
using ControlTower.Core.Connectors.Flow;
using ControlTower.Core.Engine;
using ControlTower.Core.Hosting.Settings;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Outbox;

/// <summary>Registers the outbox: claims, queues, outcomes, unknown outcomes.</summary>
public static class OutboxRegistration
{
    /// <summary>Needs <c>AddCore</c>, <c>AddConnectors</c> and the integrations; reads the section <c>Outbox</c>.</summary>
    public static IServiceCollection AddOutbox(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSection<OutboxOptions>(configuration, OutboxOptions.Section);
        services.AddSingleton(new SenderName(
            $"{Environment.MachineName}/{Environment.ProcessId}/{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}"));
        services.AddSingleton<IOutboxStatements>(provider => provider.GetRequiredService<ITowerDb>().Provider == DatabaseProvider.SqlServer
            ? new SqlServerOutboxStatements()
            : new PostgresOutboxStatements());
        services.AddSingleton<RetrySchedule>();
        services.AddSingleton<AttemptCompletionRules>();
        services.AddSingleton<UnknownOutcomes>();
        services.AddSingleton<RevalidationDecisions>();
        services.AddSingleton<RevalidationRejection>();
        services.AddSingleton<CommandRevalidator>();
        services.AddSingleton<CommandClaims>();
        services.AddSingleton<CompletionTransaction>();
        services.AddSingleton(provider =>
            ActivatorUtilities.CreateInstance<OutcomeWriter>(provider, provider.GetRequiredService<TowerClocks>().System));
        services.AddSingleton<AttemptLog>();
        services.AddSingleton<Dispatcher>();
        services.Replace(ServiceDescriptor.Singleton<IEagerDispatch, EagerDispatch>());
        services.AddSingleton<UnroutedCommands>();
        services.AddSingleton<RoutingGapCases>();
        services.AddSingleton<UnroutedSweep>();
        services.AddSingleton<OutcomeLookupWorker>();
        services.AddSingleton<LookupOutcomes>();
        services.AddSingleton<OutcomeLookups>();
        services.AddSingleton<ConnectorProbe>();
        services.AddSingleton<FlowWriter>();
        services.AddOutboxLoops();
        services.AddHostedService<OutboxWorker>();
        return services;
    }
}
