using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Inbox;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Engine;

/// <summary>
/// The business time up to which clocks may fire: ten seconds of system time behind the present, and never later than
/// the receipt of the oldest message that waits to be merged, so that every fact had its grace period (I5).
/// </summary>
internal sealed class AsOfClock(TowerClocks clocks)
{
    public async Task<DateTimeOffset> ReadAsync(TowerDbContext db, CancellationToken cancellation)
    {
        var behind = clocks.BusinessNow - (TowerClocks.FairChance * clocks.Speed);
        var waiting = await Oldest(db).ToListAsync(cancellation);
        return UtcMicroseconds.Cut(waiting.Append(behind).Min());
    }

    /// <summary>The first in due order; a message tried before waits behind it although it came earlier.</summary>
    internal static IQueryable<DateTimeOffset> Oldest(TowerDbContext db) =>
        db.Arrivals.OrderBy(a => a.MessageId).Select(a => a.ReceivedAt).Take(1)
            .Concat(db.Inbox.Where(m => m.State == InboxState.Pending)
            .OrderBy(m => m.DueAt)
            .ThenBy(m => m.Id)
            .Select(m => m.ReceivedAt)
            .Take(1))
            .Concat(db.Inbox.Where(m => m.State == InboxState.Pending && m.Attempts > 0)
            .OrderBy(m => m.ReceivedAt)
            .Select(m => m.ReceivedAt).Take(1));
}
