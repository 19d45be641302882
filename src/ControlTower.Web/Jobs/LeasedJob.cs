using ControlTower.Core.Hosting;
using ControlTower.Core.Persistence;
using Quartz;

namespace ControlTower.Web.Jobs;

/// <summary>
/// Runs the scheduled job that has the stored job's name, under a lease of the database. The store alone keeps a job from running twice
/// only while the clocks of the nodes agree: a node that takes a living one for gone frees what that one runs.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class LeasedJob(IEnumerable<ScheduledJob> jobs, JobLeases leases, JobOptions options, ILogger<LeasedJob> log) : IJob
{
    private readonly Dictionary<string, ScheduledJob> _jobs = jobs.ToDictionary(job => job.Name, StringComparer.Ordinal);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        // Of another version, which is started or ended at this moment: its own nodes know what it does.
        if (_jobs.GetValueOrDefault(context.JobDetail.Key.Name) is { } job)
        {
            await RunAsync(job, context.FireInstanceId, cancellationToken);
        }
    }

    /// <param name="run">Unique among all runs of all nodes.</param>
    private async Task RunAsync(ScheduledJob job, string run, CancellationToken cancellation)
    {
        try
        {
            if (!await leases.RunAsync($"job:{job.Name}", run, TimeSpan.FromSeconds(options.LeaseSeconds), job.RunAsync, cancellation))
            {
                log.LogDebug("Another node still runs {Job}", job.Name);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The process ends; the next run does what is left.
        }
        catch (Exception error)
        {
            log.LogWarning(error, "The job {Job} failed or lost its lease; its next run does what it left", job.Name);
        }
    }
}
