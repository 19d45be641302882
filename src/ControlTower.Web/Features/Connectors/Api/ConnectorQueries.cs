using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Flow;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Web.Api;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Connectors;

/// <summary>What the connectors' API reads.</summary>
internal sealed class ConnectorQueries(
    ITowerDb database, ConnectorSecrets secrets, ConnectorPressures pressures, ISystemTopologyStore landscapes)
{
    public async Task<Page<ConnectorAnswer>> ListAsync(PageQuery page, CancellationToken cancellation)
    {
        var after = PageCursor.Read(page.Cursor, 1)?[0] ?? "";
        await using var db = database.CreateReader();
        var rows = await db.Connectors.AsNoTracking()
            .Where(c => c.Name.CompareTo(after) > 0)
            .OrderBy(c => c.Name)
            .Take(page.Size + 1)
            .Select(c => new { Record = c, Waiting = Waiting(db).Count(o => o.Connector == c.Name) })
            .ToListAsync(cancellation);
        var pressure = await pressures.AllAsync(cancellation);
        var topology = await landscapes.GetAsync(cancellation);
        return Page.From(rows, page.Size, row => Answer(row.Record, row.Waiting, pressure.GetValueOrDefault(row.Record.Name), topology),
            row => PageCursor.Write(row.Record.Name));
    }

    public async Task<ConnectorAnswer?> FindAsync(string name, CancellationToken cancellation)
    {
        await using var db = database.CreateReader();
        if (await db.Connectors.AsNoTracking().SingleOrDefaultAsync(c => c.Name == name, cancellation) is not { } record)
        {
            return null;
        }

        var topology = await landscapes.GetAsync(cancellation);
        var waiting = await Waiting(db).CountAsync(o => o.Connector == name, cancellation);
        var registered = await NeverHeard.RegisteredAsync(db, [record], cancellation);
        return Answer(record, waiting, await pressures.OfAsync(name, cancellation), topology) with
            { Unserved = UnservedCommands.For(topology), RegisteredAt = registered.TryGetValue(name, out var at) ? at : null };
    }

    private ConnectorAnswer Answer(ConnectorRecord record, int waiting, ConnectorPressure? pressure, SystemTopology topology) =>
        ConnectorAnswer.From(record, waiting, secrets.NamesOf(record)) with
            { Pressure = pressure, Takes = [.. CommandKinds.All.Where(kind => topology.Find(record.Name)?.TakesKind(kind) == true)] };

    /// <summary>Only what waits is in the index that this counts.</summary>
    private static IQueryable<OutboxCommand> Waiting(TowerDbContext db) => db.Commands.Where(o => o.State == CommandState.Pending);
}
