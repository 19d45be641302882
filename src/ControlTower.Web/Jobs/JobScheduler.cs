using ControlTower.Core.Housekeeping;
using ControlTower.Core.Kernel;

namespace ControlTower.Web.Jobs;

/// <summary>
/// This process as a node of the clustered scheduler. The tower serves without it: while the database does not answer at the start, it is
/// tried again.
/// </summary>
internal sealed class JobScheduler(
    ClusteredScheduler cluster, StoredJobs jobs, HousekeepingOptions housekeeping, TowerClocks clocks, ILogger<JobScheduler> log)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        StandaloneScheduler? node = null;
        try
        {
            while (housekeeping.Enabled && (node = await TryStartAsync(stoppingToken)) is null)
            {
                await Task.Delay(Pause, clocks.System, stoppingToken);
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, clocks.System, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }

        await (node?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private async Task<StandaloneScheduler?> TryStartAsync(CancellationToken stopping)
    {
        StandaloneScheduler? node = null;
        try
        {
            node = await cluster.BuildAsync(stopping);

            // Not cut off by the end of the process: the library logs a transaction that ends half way as an error.
            await jobs.StoreAsync(node.Scheduler, CancellationToken.None);
            await node.Scheduler.Start(CancellationToken.None);
            return node;
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // The process ends.
        }
        catch (Exception error)
        {
            log.LogWarning(
                "Scheduled jobs do not run on this node yet; it is tried again in {Seconds} s: {Reason}", Pause.TotalSeconds,
                error.Message);
        }

        await (node?.DisposeAsync() ?? ValueTask.CompletedTask);
        return null;
    }
}
