using ControlTower.Core.Cases;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Connectors;

/// <summary>Reads how every system is doing; counts only what waits, which the indexes of the workers hold.</summary>
public sealed class ConnectorStatusQuery(ITowerDb tower, ConnectorKinds kinds)
{
    public async Task<IReadOnlyList<ConnectorStatus>> AllAsync(Actor actor, CancellationToken cancellation = default)
    {
        await using var db = tower.CreateReader();
        var connectors = await db.Connectors.AsNoTracking().OrderBy(c => c.Name).ToListAsync(cancellation);
        var waiting = await Waiting(db).ToDictionaryAsync(w => w.Connector, cancellation);
        var doubt = await WithUnknownOutcome(db).ToDictionaryAsync(d => d.Connector, d => d.Count, cancellation);
        var unprocessed = await Unprocessed(db).ToDictionaryAsync(u => u.Connector, u => u.Count, cancellation);
        var cases = await Cases(db, actor).ToDictionaryAsync(c => c.Connector, c => c.Count, cancellation);
        var registered = await NeverHeard.RegisteredAsync(db, connectors, cancellation);
        return [.. connectors.Select(c => Status(c, waiting.GetValueOrDefault(c.Name), doubt, unprocessed, cases) with
        {
            Streams = kinds.Find(c.Kind)?.Describe().Streams == true,
            RegisteredAt = registered.TryGetValue(c.Name, out var at) ? at : null,
        })];
    }

    internal static IQueryable<Backlog> Waiting(TowerDbContext db) =>
        db.Commands.Where(o => o.State == CommandState.Pending).GroupBy(o => o.Connector)
        .Select(group => new Backlog { Connector = group.Key, Count = group.Count(), Oldest = group.Min(o => o.CreatedAt) });

    internal static IQueryable<Counted> WithUnknownOutcome(TowerDbContext db) =>
        db.Commands.Where(o => o.State == CommandState.OutcomeUnknown).GroupBy(o => o.Connector)
        .Select(group => new Counted { Connector = group.Key, Count = group.Count() });

    internal static IQueryable<Counted> Unprocessed(TowerDbContext db) => WaitingMessage.From(db).GroupBy(m => m.Connector)
        .Select(group => new Counted { Connector = group.Key, Count = group.Count() });

    internal static IQueryable<Counted> Cases(TowerDbContext db, Actor actor) => db.Cases.VisibleTo(db, actor)
        .Where(c => c.State < CaseState.Resolved && c.Connector != null).GroupBy(c => c.Connector!)
        .Select(group => new Counted { Connector = group.Key, Count = group.Count() });

    private static ConnectorStatus Status(
        ConnectorRecord c, Backlog? waiting, Dictionary<string, int> doubt, Dictionary<string, int> unprocessed,
        Dictionary<string, int> cases) => new(
        c.Name, c.Role, c.Poll, c.PollSeconds, c.Health, c.Paused, c.PausedReason, c.LastInboundAt, c.LastOutboundAt, c.LastError,
        c.LastErrorAt,
        waiting?.Count ?? 0, waiting?.Oldest, doubt.GetValueOrDefault(c.Name), unprocessed.GetValueOrDefault(c.Name),
        cases.GetValueOrDefault(c.Name));
}

internal sealed class Backlog
{
    public required string Connector { get; init; }

    public int Count { get; init; }

    public DateTimeOffset Oldest { get; init; }
}

internal sealed class Counted
{
    public required string Connector { get; init; }

    public int Count { get; init; }
}
