using ControlTower.Core.Engine.Counts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Housekeeping;

/// <summary>One round of everything, in bounded batches, on the one node that has the lease. What it does not finish the next round goes on with.</summary>
public sealed class HousekeepingService(
    JobLeases leases,
    InboxArchiver inbox,
    OutboxArchiver outbox,
    PayloadPurge payloads,
    CaseSiteService sites,
    CountService counts,
    HousekeepingOptions options,
    TowerClocks clocks,
    ILogger<HousekeepingService> log)
{
    private const string Lease = "housekeeping";

    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(1);

    /// <summary>Then the round ends, whatever is left.</summary>
    private static readonly TimeSpan LongestRound = TimeSpan.FromSeconds(20);

    private readonly string _owner = $"{Environment.MachineName}/{Environment.ProcessId}";

    public async Task RunAsync(CancellationToken cancellation = default)
    {
        if (!options.Enabled || !await leases.TakeAsync(Lease, _owner, LeaseTime, cancellation))
        {
            return;
        }

        await counts.FoldAsync(cancellation);
        await sites.KeepAsync(cancellation);
        var began = clocks.System.GetTimestamp();
        var moved = 0;
        foreach (var step in new Func<CancellationToken, Task<int>>[] { inbox.RemoveAsync, inbox.CopyAsync, outbox.MoveAsync, payloads.PurgeAsync })
        {
            for (var last = 1; last > 0 && clocks.System.GetElapsedTime(began) < LongestRound; moved += last)
            {
                last = await step(cancellation);
            }
        }

        if (moved > 0)
        {
            log.LogDebug("Housekeeping moved {Rows} rows", moved);
        }
    }
}
