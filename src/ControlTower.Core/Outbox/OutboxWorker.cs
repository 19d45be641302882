using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Outbox;

/// <summary>
/// Runs the dispatcher and the outcome writer in this process. Not a periodic worker: both wait for work by a signal, and at the end what
/// was sent is still written down.
/// </summary>
internal sealed class OutboxWorker(
    Dispatcher dispatcher, OutcomeWriter outcomes, OutboxSignal signal, OutboxOptions options, TowerClocks clocks,
    ILogger<OutboxWorker> log) : BackgroundService
{
    private static readonly TimeSpan AfterError = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();

        // Outcomes are written after stopping was requested: the result of a send must not be lost.
        using var last = new CancellationTokenSource();
        var writing = outcomes.RunAsync(last.Token);
        if (options.Enabled)
        {
            dispatcher.Open(stoppingToken);
        }

        await DispatchAsync(stoppingToken);
        last.CancelAfter(TimeSpan.FromSeconds(options.LeaseSeconds / 2d));
        await FinishAsync(writing, last.Token);
    }

    private async Task DispatchAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await (options.Enabled ? dispatcher.TickAsync(stopping) : Task.CompletedTask);
                await signal.WaitAsync(TimeSpan.FromMilliseconds(options.PollMilliseconds), stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                log.Log(OutboxLoop.Level(error), error, "The dispatcher failed and continues in a second");
                await Task.Delay(AfterError, clocks.System, CancellationToken.None);
            }
        }
    }

    private async Task FinishAsync(Task writing, CancellationToken last)
    {
        try
        {
            await dispatcher.DrainAsync(last);
            outcomes.Complete();
            await writing;
        }
        catch (Exception error) when (error is OperationCanceledException || TransientErrors.IsTransient(error))
        {
            log.LogWarning("Stopped with outcomes unwritten; their commands have an unknown outcome when the leases end");
        }
    }
}
