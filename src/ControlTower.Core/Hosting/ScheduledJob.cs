namespace ControlTower.Core.Hosting;

/// <summary>
/// Work on a schedule of a minute or more, which one node at a time does. Which node that is, the host's scheduler decides; shorter
/// loops are a <see cref="PeriodicWorker"/>.
/// </summary>
/// <param name="Name">Names the job in the store and its lease, so it outlives versions. At most 60 characters.</param>
/// <param name="Every">From the beginning of one run to the beginning of the next.</param>
/// <param name="RunAsync">One run, shorter than the time between two. What it does not finish, or fails at, the next one does.</param>
public sealed record ScheduledJob(string Name, TimeSpan Every, Func<CancellationToken, Task> RunAsync);
