using ControlTower.Core.Hosting;
using ControlTower.Core.Kernel;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Publishing;

/// <summary>Publishes milestones in this process.</summary>
internal sealed class PublishingWorker(MilestonePublishing publishing, TowerClocks clocks, ILogger<PublishingWorker> log)
    : PeriodicWorker(TimeSpan.FromSeconds(1), clocks, log)
{
    protected override string Failure =>
        "The connections over which milestones are published could not be kept open; it is tried again in a second";

    protected override Task RunAsync(CancellationToken cancellation) => publishing.TickAsync(cancellation);

    protected override Task EndAsync() => publishing.StopAsync();
}
