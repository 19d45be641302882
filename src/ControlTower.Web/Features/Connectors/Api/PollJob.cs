using ControlTower.Core.Connectors.Polling;
using Quartz;

namespace ControlTower.Web.Features.Connectors;

/// <summary>Starts the polls that are due. Every node runs it; which node polls a connector is decided by a compare-and-set on its row.</summary>
[DisallowConcurrentExecution]
internal sealed class PollJob(PollWorker worker) : IJob
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await worker.StartDueAsync(cancellationToken);
}
