using ControlTower.Core.Hosting;
using ControlTower.Core.Kernel;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Connectors.Polling;

/// <summary>
/// Starts the polls that are due, every second. Every node does; which node polls a connector is decided by a compare-and-set on its row.
/// </summary>
internal sealed class PollingWorker(PollWorker polls, TowerClocks clocks, ILogger<PollingWorker> log)
    : PeriodicWorker(TimeSpan.FromSeconds(1), clocks, log)
{
    protected override string Failure => "The polls that are due could not be started; it is tried again in a second";

    protected override Task RunAsync(CancellationToken cancellation) => polls.StartDueAsync(cancellation);
}
