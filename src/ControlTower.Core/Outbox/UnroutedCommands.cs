using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Outbox;

/// <summary>
/// Commands that no connector takes: lists them, and routes them to the connector that takes them now.
/// </summary>
internal sealed class UnroutedCommands(ITowerDb database)
{
    /// <summary>Rows changed by one statement: below the number at which SQL Server locks the table instead of the rows.</summary>
    private const int MostAtOnce = 1_000;

    public async Task<List<UnroutedGroup>> GroupsAsync(CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        return await Groups(db).ToListAsync(cancellation);
    }

    internal static IQueryable<UnroutedGroup> Groups(TowerDbContext db) =>
        from command in db.Commands.Where(c => c.State == CommandState.Unrouted)
        join transaction in db.Transactions on command.TransactionId equals transaction.Id
        group command by new { command.Kind, command.LegalEntity, command.Site, transaction.ErpSystem } into gap
        select new UnroutedGroup(gap.Key.Kind, gap.Key.LegalEntity, gap.Key.Site, gap.Key.ErpSystem, gap.Count());

    /// <summary>They wait for the connector from now on, in the order in which they were wanted. Several nodes may do
    /// it at once: each command is moved once.</summary>
    public async Task<int> GiveAsync(UnroutedGroup group, ConnectorProfile target, CancellationToken cancellation)
    {
        for (var given = 0; ;)
        {
            await using var db = await database.CreateDbContextAsync(cancellation);
            var ids = await For(db, group).OrderBy(c => c.Id).Select(c => c.Id).Take(MostAtOnce).ToListAsync(cancellation);
            given += ids.Count == 0
                ? 0
                : await db.Commands.Where(c => ids.Contains(c.Id) && c.State == CommandState.Unrouted).ExecuteUpdateAsync(
                set => set.SetProperty(c => c.State, CommandState.Pending).SetProperty(c => c.Connector, target.Name), cancellation);
            if (ids.Count < MostAtOnce)
            {
                return given;
            }
        }
    }

    internal static IQueryable<OutboxCommand> For(TowerDbContext db, UnroutedGroup group) => db.Commands.Where(c =>
        c.State == CommandState.Unrouted && c.Kind == group.Kind && c.LegalEntity == group.LegalEntity && c.Site == group.Site
        && db.Transactions.Any(t => t.Id == c.TransactionId && t.ErpSystem == group.Founder));
}

/// <summary>Commands that wait for a connector and go the same way.</summary>
/// <param name="Founder">Name of the connector that founded their orders.</param>
internal sealed record UnroutedGroup(string Kind, string LegalEntity, string? Site, string Founder, int Count);
