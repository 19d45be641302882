using ControlTower.Core.Housekeeping;
using Quartz;

namespace ControlTower.Web.Features.Housekeeping;

/// <summary>Runs a round of housekeeping. Every node's clock strikes; the node with the lease does it.</summary>
[DisallowConcurrentExecution]
internal sealed class HousekeepingJob(HousekeepingService housekeeper) : IJob
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await housekeeper.RunAsync(cancellationToken);
}
