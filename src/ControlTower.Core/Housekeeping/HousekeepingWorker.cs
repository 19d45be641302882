using ControlTower.Core.Hosting;
using ControlTower.Core.Kernel;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Housekeeping;

/// <summary>Runs a round of housekeeping every ten seconds.</summary>
internal sealed class HousekeepingWorker(HousekeepingService housekeeping, TowerClocks clocks, ILogger<HousekeepingWorker> log)
    : PeriodicWorker(TimeSpan.FromSeconds(10), clocks, log)
{
    protected override string Failure => "A round of housekeeping failed; the next one does what it left";

    protected override Task RunAsync(CancellationToken cancellation) => housekeeping.RunAsync(cancellation);
}
