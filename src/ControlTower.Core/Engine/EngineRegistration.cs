using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel.Signals;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ControlTower.Core.Engine;

/// <summary>Registers the engine.</summary>
public static class EngineRegistration
{
    /// <summary>Its parts, for those who run cycles themselves.</summary>
    internal static IServiceCollection AddEngineParts(this IServiceCollection services)
    {
        services.AddSingleton<AsOfClock>();
        services.AddSingleton<MessageMapper>();
        services.AddSingleton<Retractor>();
        services.AddSingleton<MessageDeferral>();
        services.AddSingleton<BatchCorrelation>();
        services.AddSingleton<BatchMerging>();
        services.AddSingleton<BatchMessages>();
        services.AddSingleton<StateCache>();
        services.AddSingleton<KnownCustomers>();
        services.AddSingleton<TransactionLoader>();
        services.AddSingleton<CommandDiff>();
        services.AddSingleton<HoldDiff>();
        services.AddSingleton<CaseDiff>();
        services.AddSingleton<MessageCases>();
        services.AddSingleton<TransactionWriter>();
        services.AddSingleton<EngineAnnouncer>();
        services.AddSingleton<LifecycleLog>();
        services.AddSingleton<CycleContexts>();
        services.AddSingleton<BatchDecision>();
        services.AddSingleton<CycleWriter>();
        services.AddSingleton<EngineCycle>();
        services.AddSingleton<EngineReadiness>();
        services.TryAddSingleton<OutboxSignal>();
        services.TryAddSingleton<IEagerDispatch, NoEagerDispatch>();

        // A worker each: it counts its own errors.
        services.AddTransient<EngineWorker>();
        services.AddSingleton<ClockWorker>();
        services.AddSingleton<DeferredMessageSweep>();
        services.AddSingleton<RetractionSweep>();
        services.AddSingleton<EngineClocks>();
        return services;
    }

    /// <summary>The loops that keep it running. Not for CLI commands, which end by themselves.</summary>
    public static IServiceCollection AddEngine(this IServiceCollection services) => services.AddHostedService<EngineHostedService>();
}
