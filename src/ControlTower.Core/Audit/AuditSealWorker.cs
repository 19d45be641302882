using ControlTower.Core.Hosting;
using ControlTower.Core.Kernel;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Audit;

/// <summary>Runs the sealer often enough that an action is sealed within a second.</summary>
internal sealed class AuditSealWorker(AuditSealer sealer, TowerClocks clocks, ILogger<AuditSealWorker> log)
    : PeriodicWorker(TimeSpan.FromMilliseconds(800), clocks, log)
{
    protected override string Failure => "Audit entries could not be sealed; it is tried again in a second";

    protected override async Task RunAsync(CancellationToken cancellation)
    {
        while (await sealer.SealNowAsync(cancellation) >= AuditSealer.BatchSize)
        {
        }
    }
}
