using ControlTower.Core.Hosting;
using ControlTower.Core.Kernel;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Approvals;

/// <summary>Ends requests that are over, every second of system time.</summary>
internal sealed class ApprovalSweepWorker(ApprovalSweep sweep, TowerClocks clocks, ILogger<ApprovalSweepWorker> log)
    : PeriodicWorker(TimeSpan.FromSeconds(1), clocks, log)
{
    protected override string Failure => "Requests that ended could not be closed; it is tried again in a second";

    protected override Task RunAsync(CancellationToken cancellation) => sweep.SweepNowAsync(cancellation);
}
