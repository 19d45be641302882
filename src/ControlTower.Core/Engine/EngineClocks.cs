namespace ControlTower.Core.Engine;

/// <summary>One round over due clocks, and from time to time over what waits too long or is stranded by a race.</summary>
internal sealed class EngineClocks(ClockWorker clock, DeferredMessageSweep deferrals, RetractionSweep retractions)
{
    private const int RoundsBetweenSweeps = 10;

    /// <summary>More in one round would keep the sweeps waiting while many clocks are due.</summary>
    private const int MostCycles = 20;
    private long _rounds;

    public async Task RunAsync(CancellationToken cancellation)
    {
        for (var cycles = 0; cycles < MostCycles && await clock.RunCycleAsync(cancellation) > 0; cycles++)
        {
        }

        if (++_rounds % RoundsBetweenSweeps == 0)
        {
            await deferrals.SweepNowAsync(cancellation);
            await retractions.SweepNowAsync(cancellation);
        }
    }
}
