using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Connectors.Flow;

/// <summary>Removes how the channels of nodes flowed that have not written for an hour: they are gone.</summary>
internal sealed class FlowPurge(ITowerDb database, TowerClocks clocks)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    public async Task PurgeAsync(CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var before = clocks.SystemNow - Kept;
        await db.ConnectorFlows.Where(flow => flow.SeenAt < before).ExecuteDeleteAsync(cancellation);
    }
}
