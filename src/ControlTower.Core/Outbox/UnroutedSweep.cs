using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Outbox;

/// <summary>
/// Routes commands that waited for a connector to the one that takes them now, and keeps one case per gap for those
/// that still wait. The engine only writes the commands; the count of a gap, which many orders share, is written by
/// this sweep alone.
/// </summary>
internal sealed class UnroutedSweep(
    ISystemTopologyStore landscapes, UnroutedCommands commands, RoutingGapCases cases, ITowerDb database, OutboxSignal outbox,
    IAnnouncer announcer)
{
    public async Task SweepNowAsync(CancellationToken cancellation)
    {
        var topology = await landscapes.GetAsync(cancellation);
        var waiting = new List<UnroutedGroup>();
        foreach (var group in await commands.GroupsAsync(cancellation))
        {
            if (topology.Route(group.Kind, group.Site, group.LegalEntity, group.Founder) is { } target)
            {
                await commands.GiveAsync(group, target, cancellation);
                outbox.Raise();
            }
            else
            {
                waiting.Add(group);
            }
        }

        await FollowAsync(waiting, cancellation);
    }

    private async Task FollowAsync(List<UnroutedGroup> waiting, CancellationToken cancellation)
    {
        var gaps = waiting.GroupBy(group => new RoutingGap(group.Kind, group.LegalEntity, group.Site))
            .ToDictionary(gap => gap.Key, gap => gap.Sum(group => group.Count));
        await using var db = await database.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        try
        {
            var changed = await cases.FollowAsync(db, gaps, cancellation);
            await transaction.CommitAsync(cancellation);
            if (changed.Count > 0)
            {
                announcer.Announce(new Change([], changed));
            }
        }
        catch (DbUpdateException)
        {
            // Another node opened the case of the same gap, or a person changed it, at this moment: the next sweep sees it.
        }
    }
}
