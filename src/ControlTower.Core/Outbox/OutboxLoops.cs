using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Flow;
using ControlTower.Core.Kernel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Outbox;

/// <summary>
/// The sweeps next to the dispatcher, each a loop of its own: a slow or failing one holds up no other. Services stop in reverse order, so
/// the health that is written last is registered first.
/// </summary>
internal static class OutboxLoops
{
    public static void AddOutboxLoops(this IServiceCollection services)
    {
        services.AddLoop<ConnectorHealthWriter>(
            "Connector health could not be written",
            (health, stopping) => health.FlushAsync(stopping),
            health => health.FlushAsync(CancellationToken.None));
        services.AddSendingLoop<FlowWriter>("The flow of connectors could not be written", (flow, stopping) => flow.FlushAsync(stopping));
        services.AddSendingLoop<OutcomeLookupWorker>(
            "Attempts whose sender was lost could not be taken over", (lost, stopping) => lost.SweepNowAsync(stopping));
        services.AddSendingLoop<UnroutedSweep>(
            "Waiting commands could not be routed", (unrouted, stopping) => unrouted.SweepNowAsync(stopping));
        services.AddSendingLoop<OutcomeLookups>(
            "Unknown outcomes could not be looked up",
            (lookups, stopping) => lookups.StartDueAsync(stopping),
            lookups => lookups.WhenIdleAsync());
        services.AddSendingLoop<ConnectorProbe>(
            "Silent connectors could not be tried", (probe, stopping) => probe.StartDueAsync(stopping), probe => probe.WhenIdleAsync());
    }

    /// <summary>A loop of a node that sends commands.</summary>
    private static void AddSendingLoop<TWorker>(
        this IServiceCollection services, string failure, Func<TWorker, CancellationToken, Task> run, Func<TWorker, Task>? end = null)
        where TWorker : notnull =>
        services.AddSingleton(provider => provider.GetRequiredService<OutboxOptions>().Enabled
            ? Loop(provider, failure, run, end)
            : Loop<TWorker>(provider, failure, (_, _) => Task.CompletedTask, null));

    private static void AddLoop<TWorker>(
        this IServiceCollection services, string failure, Func<TWorker, CancellationToken, Task> run, Func<TWorker, Task> end)
        where TWorker : notnull =>
        services.AddSingleton(provider => Loop(provider, failure, run, end));

    private static IHostedService Loop<TWorker>(
        IServiceProvider provider, string failure, Func<TWorker, CancellationToken, Task> run, Func<TWorker, Task>? end)
        where TWorker : notnull
    {
        var worker = provider.GetRequiredService<TWorker>();
        return new OutboxLoop(
            failure,
            stopping => run(worker, stopping),
            () => end?.Invoke(worker) ?? Task.CompletedTask,
            provider.GetRequiredService<TowerClocks>(),
            provider.GetRequiredService<ILogger<OutboxLoop>>());
    }
}
