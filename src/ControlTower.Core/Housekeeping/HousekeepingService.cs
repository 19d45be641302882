using ControlTower.Core.Connectors.Hours;
using ControlTower.Core.Engine.Counts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Housekeeping;

/// <summary>
/// Keeps the tables small that every fact passes through: a round of bounded batches every ten seconds, on the one node that has the
/// lease. It keeps the lease from round to round because it remembers up to where it looked. What a round does not finish, the next
/// one does.
/// </summary>
public sealed class HousekeepingService(
    JobLeases leases, InboxArchiver inbox, CountService counts, ConnectorHourService hours, HousekeepingOptions options,
    TowerClocks clocks, ILogger<HousekeepingService> log)
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

        var kept = TimeSpan.FromDays(options.HourDays);
        await counts.FoldAsync(kept, cancellation);
        await hours.FoldAsync(kept, cancellation);
        var moved = await BoundedRun.RepeatAsync([inbox.RemoveAsync, inbox.CopyAsync], LongestRound, clocks.System, cancellation);
        if (moved > 0)
        {
            log.LogDebug("Housekeeping moved {Rows} rows", moved);
        }
    }
}
