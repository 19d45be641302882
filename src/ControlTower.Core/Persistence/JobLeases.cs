using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Housekeeping;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Persistence;

/// <summary>Gives a job to one node at a time. A node that is gone loses it when its time is over.</summary>
public sealed class JobLeases(ITowerDb database, TowerClocks clocks)
{
    /// <summary>Takes or prolongs the lease, by compare-and-set. False while another node has it.</summary>
    public async Task<bool> TakeAsync(string name, string owner, TimeSpan time, CancellationToken cancellation = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var now = clocks.SystemNow;
        var until = now + time;
        var taken = await db.JobLeases.Where(l => l.Name == name && (l.Owner == owner || l.Until < now))
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.Owner, owner).SetProperty(l => l.Until, until), cancellation);
        if (taken > 0)
        {
            return true;
        }

        if (await db.JobLeases.AnyAsync(l => l.Name == name, cancellation))
        {
            return false;
        }

        try
        {
            db.Add(new JobLease { Name = name, Owner = owner, Until = until });
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException)
        {
            // Another node was the first ever.
            return false;
        }
    }

    /// <summary>Lets others have it before its time; who does not have it gives nothing back.</summary>
    public async Task GiveBackAsync(string name, string owner)
    {
        await using var db = await database.CreateDbContextAsync();
        var now = clocks.SystemNow.AddSeconds(-1);
        await db.JobLeases.Where(l => l.Name == name && l.Owner == owner).ExecuteUpdateAsync(set => set.SetProperty(l => l.Until, now));
    }
}
