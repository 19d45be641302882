namespace ControlTower.Core.Housekeeping;

/// <summary>Repeats batches until nothing is left to do or the time is over.</summary>
internal static class BoundedRun
{
    /// <summary>Of a job that runs every minute.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(40);

    /// <param name="batches">In their order. Each does one batch and returns how many rows it took; none when there are no more.</param>
    /// <param name="longest">After that no further batch begins.</param>
    /// <returns>How many rows all took.</returns>
    public static async Task<int> RepeatAsync(
        IEnumerable<Func<CancellationToken, Task<int>>> batches, TimeSpan longest, TimeProvider system, CancellationToken cancellation)
    {
        var began = system.GetTimestamp();
        var all = 0;
        foreach (var batch in batches)
        {
            for (var last = 1; last > 0 && system.GetElapsedTime(began) < longest; all += last)
            {
                last = await batch(cancellation);
            }
        }

        return all;
    }
}
