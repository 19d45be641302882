using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Web.Features.Connectors;
using ControlTower.Web.Live;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Tower;

/// <summary>The systems, the same for every viewer: one reading serves all who ask at the same time.</summary>
internal sealed class SharedConnectors(ITowerDb towers)
{
    private readonly SingleFlight<IReadOnlyList<ConnectorStrip>> _reading = new(() => ReadAsync(towers, CancellationToken.None));

    public Task<IReadOnlyList<ConnectorStrip>> GetAsync(CancellationToken cancellation) => _reading.GetAsync().WaitAsync(cancellation);

    internal static IQueryable<ConnectorAndWaiting> WithWaiting(TowerDbContext db) => db.Connectors.AsNoTracking().OrderBy(c => c.Name)
        .Select(c => new ConnectorAndWaiting(c, db.Commands.Count(o => o.State == CommandState.Pending && o.Connector == c.Name)));

    private static async Task<IReadOnlyList<ConnectorStrip>> ReadAsync(ITowerDb towers, CancellationToken cancellation)
    {
        await using var db = towers.CreateReader();
        var connectors = await WithWaiting(db).ToListAsync(cancellation);
        var registered = await NeverHeard.RegisteredAsync(db, connectors.Select(row => row.Connector), cancellation);
        return [.. connectors.Select(row => Strip(row.Connector, row.Waiting) with
            { RegisteredAt = registered.TryGetValue(row.Connector.Name, out var at) ? at : null })];
    }

    private static ConnectorStrip Strip(ConnectorRecord c, int waiting) =>
        new(c.Name, c.Role, c.Health, c.Paused, c.LastInboundAt, c.LastOutboundAt, c.LastError, waiting)
            { PausedReason = c.PausedReason, PollSeconds = c.Poll ? c.PollSeconds : null };
}

internal sealed record ConnectorAndWaiting(ConnectorRecord Connector, int Waiting);
