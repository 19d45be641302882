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
        services.AddSingleton<Parker>();
        services.AddSingleton<BatchPlacing>();
        services.AddSingleton<BatchMerging>();
        services.AddSingleton<BatchMessages>();
        services.AddSingleton<StateCache>();
        services.AddSingleton<UnitLoader>();
        services.AddSingleton<CommandDiff>();
        services.AddSingleton<HoldDiff>();
        services.AddSingleton<CaseWriter>();
        services.AddSingleton<MessageCases>();
        services.AddSingleton<TransactionWriter>();
        services.AddSingleton<EngineAnnouncer>();
        services.AddSingleton<OrderLife>();
        services.AddSingleton<EngineCycle>();
        services.AddSingleton<EngineReadiness>();
        services.TryAddSingleton<OutboxSignal>();
        services.TryAddSingleton<IDepartures, NoDepartures>();

        // A worker each: it counts its own faults.
        services.AddTransient<EngineWorker>();
        services.AddSingleton<ClockWorker>();
        services.AddSingleton<ParkingSweep>();
        services.AddSingleton<RetractionSweep>();
        return services;
    }

    /// <summary>The loops that keep it going. Not for verbs that end by themselves.</summary>
    public static IServiceCollection AddEngine(this IServiceCollection services) => services.AddHostedService<EngineHostedService>();
}
