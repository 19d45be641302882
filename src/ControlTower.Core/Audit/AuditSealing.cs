using ControlTower.Core.Kernel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Audit;

/// <summary>Runs the sealer often enough that an act is sealed within a second.</summary>
internal sealed class AuditSealing(AuditSealer sealer, TowerClocks clocks, ILogger<AuditSealing> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(800);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clocks.System);
        do
        {
            await DrainAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task DrainAsync(CancellationToken cancellation)
    {
        try
        {
            while (await sealer.SealNowAsync(cancellation) >= AuditSealer.BatchSize)
            {
            }
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            log.LogWarning(fault, "Audit entries could not be sealed; they are tried again");
        }
    }
}
