using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Flow;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Outbox;

/// <summary>Runs the dispatcher, the settler, the sweeps and the connectors' health in this process.</summary>
internal sealed class OutboxWorker(
    Dispatcher dispatcher, OutcomeWriter settler, OutcomeLookupWorker doubt, UnroutedSweep unrouted, OutcomeLookups lookups, ConnectorProbe probe, ConnectorHealthWriter health, FlowWriter flow, OutboxSignal signal, OutboxOptions options, TowerClocks clocks, ILogger<OutboxWorker> log)
    : BackgroundService
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();

        // Outcomes are written after stopping was asked for: what was sent must not be forgotten.
        using var last = new CancellationTokenSource();
        var settling = settler.RunAsync(last.Token);
        if (options.Enabled)
        {
            dispatcher.Open(stoppingToken);
        }

        await Task.WhenAll(
            options.Enabled ? RepeatAsync("The dispatcher", dispatcher.TickAsync, WaitForWorkAsync, stoppingToken) : Task.CompletedTask,
            options.Enabled ? RepeatAsync("The doubt sweep", doubt.SweepNowAsync, WaitASecondAsync, stoppingToken) : Task.CompletedTask,
            options.Enabled ? RepeatAsync("Routing waiting commands", unrouted.SweepNowAsync, WaitASecondAsync, stoppingToken) : Task.CompletedTask,
            options.Enabled ? RepeatAsync("Looking up doubts", lookups.StartDueAsync, WaitASecondAsync, stoppingToken) : Task.CompletedTask,
            options.Enabled ? RepeatAsync("Trying silent connectors", probe.StartDueAsync, WaitASecondAsync, stoppingToken) : Task.CompletedTask,
            RepeatAsync("Connector health", NoteConnectorsAsync, WaitASecondAsync, stoppingToken));

        last.CancelAfter(TimeSpan.FromSeconds(options.LeaseSeconds / 2d));
        await FinishAsync(settling, last.Token);
    }

    private async Task NoteConnectorsAsync(CancellationToken stopping)
    {
        await health.FlushAsync(stopping);
        if (options.Enabled)
        {
            await flow.FlushAsync(stopping);
        }
    }

    private async Task FinishAsync(Task settling, CancellationToken last)
    {
        try
        {
            await dispatcher.DrainAsync(last);
            await Task.WhenAll(lookups.WhenIdleAsync(), probe.WhenIdleAsync()).WaitAsync(last);
            settler.Complete();
            await settling;
            await health.FlushAsync(last);
        }
        catch (Exception error) when (error is OperationCanceledException || TransientErrors.IsTransient(error))
        {
            log.LogWarning("Stopped with outcomes unwritten; their commands are in doubt when the leases end");
        }
    }

    private Task WaitForWorkAsync(CancellationToken stopping) => signal.WaitAsync(TimeSpan.FromMilliseconds(options.PollMilliseconds), stopping);

    private Task WaitASecondAsync(CancellationToken stopping) => Task.Delay(Second, clocks.System, stopping);

    private async Task RepeatAsync(string what, Func<CancellationToken, Task> work, Func<CancellationToken, Task> wait, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await work(stopping);
                await wait(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                log.Log(TransientErrors.IsTransient(error) ? LogLevel.Warning : LogLevel.Error, error, "{What} failed and goes on in a second", what);
                await Task.Delay(Second, clocks.System, CancellationToken.None);
            }
        }
    }
}
