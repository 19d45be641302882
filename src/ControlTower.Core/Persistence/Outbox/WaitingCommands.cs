using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Persistence.Outbox;

/// <summary>Commands of a connector that wait for their next attempt.</summary>
internal static class WaitingCommands
{
    /// <summary>Makes all of them due, in the caller's transaction if there is one.</summary>
    /// <returns>How many were not due.</returns>
    public static Task<int> MakeDueAsync(TowerDbContext db, string connector, DateTimeOffset now, CancellationToken cancellation) =>
        RowBatches.ChangeAllAsync(
            () => Later(db, connector, now).ExecuteUpdateAsync(set => set.SetProperty(c => c.DueAt, now), cancellation));

    internal static IQueryable<OutboxCommand> Later(TowerDbContext db, string connector, DateTimeOffset now) =>
        db.Commands.Where(c => c.Connector == connector && c.State == CommandState.Pending && c.DueAt > now)
            .OrderBy(c => c.Id).Take(RowBatches.Most);
}
