using Quartz;
using Quartz.Extensibility;

namespace ControlTower.Web.Jobs;

/// <summary>Gives the scheduler the one class of jobs there is, whichever job is due.</summary>
internal sealed class LeasedJobFactory(LeasedJob job) : IJobFactory
{
    public ValueTask<JobScope> CreateJob(TriggerFiredBundle bundle, IScheduler scheduler, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(new JobScope(job));

    public ValueTask ReturnJob(JobScope scope, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
}
