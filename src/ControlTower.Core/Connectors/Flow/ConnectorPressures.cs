using System.Collections.Frozen;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Connectors.Flow;

/// <summary>
/// The load on every connector: one reading per process, shared by all pages, at most a second old. When reading takes
/// long, as it may with a backlog of a million, it is read less often, so that watching never costs more than a
/// twentieth of the time.
/// </summary>
public sealed class ConnectorPressures(ITowerDb database, TowerClocks clocks) : IDisposable
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Responding = FlowWriter.SignOfLife * 2;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private FrozenDictionary<string, ConnectorPressure> _last = FrozenDictionary<string, ConnectorPressure>.Empty;
    private DateTimeOffset _until;

    /// <summary>By name; a connector without load, and to which no node sends, is left out.</summary>
    public async Task<IReadOnlyDictionary<string, ConnectorPressure>> AllAsync(CancellationToken cancellation = default)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (clocks.SystemNow >= _until)
            {
                var began = clocks.System.GetTimestamp();
                _last = await ReadAsync(cancellation);
                var took = clocks.System.GetElapsedTime(began);
                _until = clocks.SystemNow + (took * 20 > Age ? took * 20 : Age);
            }

            return _last;
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task<ConnectorPressure> OfAsync(string connector, CancellationToken cancellation = default) =>
        (await AllAsync(cancellation)).GetValueOrDefault(connector) ?? ConnectorPressure.None(connector);

    public void Dispose() => _gate.Dispose();

    internal static IQueryable<Line> Lines(TowerDbContext db) =>
        db.Commands.Where(c => c.State == CommandState.Pending).GroupBy(c => c.Connector)
        .Select(g => new Line { Connector = g.Key, Count = g.Count(), Oldest = g.Min(c => c.CreatedAt) });

    /// <summary>The states are constants here: the planner takes the partial index only when it sees them.</summary>
    internal static IQueryable<WithUnknownOutcomeCount> WithUnknownOutcome(TowerDbContext db) => db.Commands
        .Where(c => c.State == CommandState.OutcomeUnknown || c.State == CommandState.LookingUp).GroupBy(c => new { c.Connector, c.State })
        .Select(g => new WithUnknownOutcomeCount { Connector = g.Key.Connector, State = g.Key.State, Count = g.Count() });

    private async Task<FrozenDictionary<string, ConnectorPressure>> ReadAsync(CancellationToken cancellation)
    {
        var alive = clocks.SystemNow - Responding;
        await using var db = database.CreateReader();
        var lines = await Lines(db).ToDictionaryAsync(l => l.Connector, StringComparer.Ordinal, cancellation);
        var doubts = await WithUnknownOutcome(db).ToListAsync(cancellation);
        var looking = doubts.Where(d => d.State == CommandState.LookingUp)
            .ToDictionary(d => d.Connector, d => d.Count, StringComparer.Ordinal);
        var parked = doubts.Where(d => d.State == CommandState.OutcomeUnknown)
            .ToDictionary(d => d.Connector, d => d.Count, StringComparer.Ordinal);
        var flows = (await db.ConnectorFlows.AsNoTracking().Where(f => f.SeenAt > alive).ToListAsync(cancellation))
            .ToLookup(f => f.Connector, StringComparer.Ordinal);
        return lines.Keys.Union(looking.Keys).Union(parked.Keys).Union(flows.Select(f => f.Key)).ToFrozenDictionary(
            name => name,
            name => Together([.. flows[name]], ConnectorPressure.None(name) with
            {
                Waiting = lines.GetValueOrDefault(name)?.Count ?? 0,
                OldestWaiting = lines.GetValueOrDefault(name)?.Oldest,
                LookingUp = looking.GetValueOrDefault(name),
                OutcomeUnknown = parked.GetValueOrDefault(name),
            }),
            StringComparer.Ordinal);
    }

    /// <summary>Breakers: the worst that any node has. Rates: what all nodes together may do and did.</summary>
    internal static ConnectorPressure Together(IReadOnlyList<ConnectorFlowRecord> nodes, ConnectorPressure counted)
    {
        if (nodes.Count == 0)
        {
            return counted;
        }

        var worst = nodes.OrderByDescending(n => n.Breaker switch { BreakerState.Open => 2, BreakerState.Trying => 1, _ => 0 })
            .ThenBy(n => n.BreakerSince).First();
        var soonest = nodes.MinBy(n => n.WaitUntil ?? DateTimeOffset.MinValue)!;
        return counted with
        {
            Breaker = worst.Breaker,
            BreakerSince = worst.BreakerSince,
            RateAllowed = nodes.Any(n => n.RateAllowed is null) ? null : nodes.Sum(n => n.RateAllowed),
            RateUsed = nodes.Sum(n => n.RateUsed),
            Running = nodes.Sum(n => n.Running),
            WaitUntil = soonest.WaitUntil,
            Why = soonest.Why,
            Nodes = nodes.Count,
        };
    }

    internal sealed class WithUnknownOutcomeCount
    {
        public required string Connector { get; init; }

        public CommandState State { get; init; }

        public int Count { get; init; }
    }

    internal sealed class Line
    {
        public required string Connector { get; init; }

        public int Count { get; init; }

        public DateTimeOffset Oldest { get; init; }
    }
}
