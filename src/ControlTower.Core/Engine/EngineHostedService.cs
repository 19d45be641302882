using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Engine;

/// <summary>
/// Keeps the engine running: workers over the inbox, one loop over clocks and deferred messages. Each loop is bounded
/// the database is away, and ends between two cycles when the process stops. Not periodic workers: the inbox is waited for by a signal, and
/// all loops tell the same readiness whether the node works.
/// </summary>
internal sealed class EngineHostedService(
    EngineWorker worker,
    EngineClocks clocks,
    EngineSignal signal,
    EngineReadiness readiness,
    EngineOptions options,
    TimeProvider system,
    ILogger<EngineHostedService> log) : BackgroundService
{
    private const int LeastGatherMilliseconds = 20;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        [.. Enumerable.Range(0, options.Workers).Select(_ => LoopAsync(WorkAsync, stoppingToken)), LoopAsync(FireAsync, stoppingToken)]);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        readiness.Stops();
        await base.StopAsync(cancellationToken);
    }

    private async Task WorkAsync(CancellationToken stopping)
    {
        var began = system.GetTimestamp();
        var result = await worker.RunCycleAsync(stopping);
        readiness.Works();
        if (result.Claimed == 0)
        {
            await signal.WaitAsync(TimeSpan.FromMilliseconds(options.PollMilliseconds), stopping);
        }
        else if (result.Claimed < options.BatchSize)
        {
            await Task.Delay(GatherTime(system.GetElapsedTime(began), options), system, stopping);
        }
        else
        {
            // There is more, also for the other workers.
            signal.Raise();
        }
    }

    /// <summary>Twice as long as the cycle took: the more there is to do, the more is done at once.</summary>
    internal static TimeSpan GatherTime(TimeSpan cycle, EngineOptions options) =>
        TimeSpan.FromMilliseconds(Math.Min(options.GatherMilliseconds, Math.Max(LeastGatherMilliseconds, 2 * cycle.TotalMilliseconds)));

    private async Task FireAsync(CancellationToken stopping)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(options.ClockMilliseconds), system, stopping);
        await clocks.RunAsync(stopping);
        readiness.Works();
    }

    private async Task LoopAsync(Func<CancellationToken, Task> round, CancellationToken stopping)
    {
        await Task.Yield();
        var errors = 0;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await round(stopping);
                errors = 0;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                Note(error, ++errors);
                await BackOffAsync(errors, stopping);
            }
        }
    }

    private void Note(Exception error, int errors)
    {
        if (error is BatchException { InnerException: { } inner })
        {
            error = inner;
        }

        var isTransient = TransientErrors.IsTransient(error);
        log.Log(isTransient ? LogLevel.Warning : LogLevel.Error, isTransient && errors < 3 ? null : error,
            "A cycle of the engine failed ({Message}); it is done again", error.Message);
        if (errors >= 3)
        {
            readiness.Fails("The engine cannot work: the database does not answer as it should.");
        }
    }

    private async Task BackOffAsync(int errors, CancellationToken stopping)
    {
        var wait = TimeSpan.FromMilliseconds(Math.Min(options.BackoffSeconds * 1000, 50 << Math.Min(errors, 10)));
        await Task.Delay(wait, system, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
