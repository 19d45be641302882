using ControlTower.Core.Kernel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Approvals;

/// <summary>Runs the sweep every second of system time.</summary>
internal sealed class ApprovalSweeping(ApprovalSweep sweep, TowerClocks clocks, ILogger<ApprovalSweeping> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clocks.System);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await sweep.SweepNowAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(fault, "Requests that ended could not be closed; they are looked at again");
            }
        }
    }
}
