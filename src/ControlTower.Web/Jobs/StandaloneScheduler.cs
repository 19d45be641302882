using Quartz;

namespace ControlTower.Web.Jobs;

/// <summary>A scheduler with the container that it was built in: both end together.</summary>
internal sealed class StandaloneScheduler(ServiceProvider services, IScheduler scheduler) : IAsyncDisposable
{
    public IScheduler Scheduler => scheduler;

    /// <summary>Cancels the running jobs and waits for them.</summary>
    public async ValueTask DisposeAsync()
    {
        await scheduler.Shutdown(waitForJobsToComplete: true);
        await services.DisposeAsync();
    }
}
