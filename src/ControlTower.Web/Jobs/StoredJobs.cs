using ControlTower.Core.Hosting;
using Quartz;

namespace ControlTower.Web.Jobs;

/// <summary>
/// Makes the store's jobs those of this version: new ones come, changed ones change, removed ones go. Any node may, at any time.
/// </summary>
internal sealed class StoredJobs(IEnumerable<ScheduledJob> jobs)
{
    private const string Group = "tower";

    public async Task StoreAsync(IScheduler scheduler, CancellationToken cancellation)
    {
        foreach (var job in jobs)
        {
            await StoreAsync(scheduler, job, cancellation);
        }

        var known = jobs.Select(job => new JobKey(job.Name, Group)).ToHashSet();
        var stored = await scheduler.GetJobKeys(GroupMatcher<JobKey>.GroupEquals(Group), cancellation);
        await scheduler.DeleteJobs([.. stored.Where(key => !known.Contains(key))], cancellation);
    }

    private static async Task StoreAsync(IScheduler scheduler, ScheduledJob job, CancellationToken cancellation)
    {
        // What a node that is gone was doing is done again at once, not at the next turn.
        var detail = JobBuilder.Create<LeasedJob>().WithIdentity(job.Name, Group).StoreDurably().RequestRecovery().Build();
        await scheduler.AddJob(detail, new AddJobOptions { Replace = true }, cancellation);

        // A start of a node leaves the turns of a job as they are.
        var key = new TriggerKey(job.Name, Group);
        if (await scheduler.GetTrigger(key, cancellation) is ISimpleTrigger stored && stored.RepeatInterval == job.Every
            && await scheduler.GetTriggerState(key, cancellation) != TriggerState.Error)
        {
            return;
        }

        await scheduler.ScheduleJob(Trigger(key, job), ScheduleJobOptions.Replacing, cancellation);
    }

    /// <summary>Turns that nobody was there for are left out.</summary>
    private static ITrigger Trigger(TriggerKey key, ScheduledJob job) => TriggerBuilder.Create()
        .WithIdentity(key).ForJob(job.Name, Group).StartNow()
        .WithSchedule(SimpleScheduleBuilder.Create().WithInterval(job.Every).RepeatForever()
            .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithExistingCount))
        .Build();
}
