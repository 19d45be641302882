using System.Security.Cryptography;
using ControlTower.Core.Connectors.Codes;
using ControlTower.Core.Connectors.Flow;
using ControlTower.Core.Connectors.Polling;
using ControlTower.Core.Connectors.Registering;
using ControlTower.Core.Connectors.Streaming;
using ControlTower.Core.Hosting;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Signals;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Core.Connectors;

/// <summary>Registers connectors: registry, registering, control, health, polling, modes.</summary>
public static class ConnectorsRegistration
{
    /// <summary>Needs <c>AddCore</c>, a <see cref="SecretBox"/>, and an integration that brings
    /// <see cref="IBaseUrlGuard"/>.</summary>
    public static IServiceCollection AddConnectors(this IServiceCollection services)
    {
        // Spreads retries; not a secret. The seed differs from process to process so that nodes do not retry in step.
        services.AddSingleton(new Jitter(new Random(RandomNumberGenerator.GetInt32(int.MaxValue))));
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<UnreadableEvents>();
        services.AddSingleton<ConnectorSecrets>();
        services.AddSingleton<ConnectorRegistry>();
        services.AddSingleton<ConnectorRegistrar>();
        services.AddSingleton<ConnectorSetup>();
        services.AddSingleton<ConnectorControl>();
        services.AddSingleton<UnmappedCodeQueue>();
        services.AddSingleton<CodeMaps>();
        services.AddSingleton<ConnectorModes>();
        services.AddSingleton<ConnectorActivity>();
        services.AddSingleton<ConnectorCases>();
        services.AddSingleton<ConnectorHealthWriter>();
        services.AddSingleton<ConnectorPressures>();
        services.AddSingleton<PollWorker>();
        services.AddSingleton<FactIntakes>();
        services.AddSingleton<FactStreams>();
        services.AddHostedService<FactStreamsWorker>();
        services.AddSingleton<FlowPurge>();
        services.AddScheduledJob<FlowPurge>(
            "connector-flow-purge", TimeSpan.FromHours(1), (purge, cancellation) => purge.PurgeAsync(cancellation));
        return services;
    }

    /// <summary>The loop that starts polls. Not for commands that end by themselves.</summary>
    public static IServiceCollection AddPolling(this IServiceCollection services) => services.AddHostedService<PollingWorker>();
}
