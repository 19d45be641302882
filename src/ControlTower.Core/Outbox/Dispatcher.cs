using System.Collections.Concurrent;
using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Outbox;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Outbox;

/// <summary>
/// Sends what is due. Each connector has a lane of its own; the dispatcher only looks which lanes have work and starts them. Any number of nodes run it
/// side by side: leases are all they share.
/// </summary>
internal sealed class Dispatcher(
    ConnectorRegistry registry, CommandClaims claims, OutcomeWriter settler, ConnectorActivity activity, OutboxOptions options, TowerClocks clocks, ILogger<Dispatcher> log)
    : IDisposable
{
    private readonly ConcurrentDictionary<string, ConnectorQueue> _lanes = new(StringComparer.Ordinal);
    private CancellationToken _stopping = new(canceled: true);

    /// <summary>Starts the lanes that have something to do and are let through.</summary>
    public async Task TickAsync(CancellationToken stopping)
    {
        var idle = (await registry.AllAsync(stopping)).Where(CanWork).Select(connector => connector.Name).ToList();
        if (idle.Count == 0)
        {
            return;
        }

        foreach (var connector in await claims.WithWorkAsync(idle, stopping))
        {
            QueueFor(connector).Start(stopping);
        }
    }

    /// <summary>From now on commands may come with their leases, until it is asked to stop.</summary>
    public void Open(CancellationToken stopping) => _stopping = stopping;

    /// <summary>Places on a connector's way for commands that are about to be written with their lease; none while this node does not send.</summary>
    public int Reserve(string connector, IConnectorChannel channel, int wanted)
    {
        var lane = QueueFor(connector);
        var places = lane.Reserve(wanted, channel);
        if (_stopping.IsCancellationRequested)
        {
            // Looked at last: from the reservation on, stopping waits for the places.
            lane.Release(places);
            return 0;
        }

        return places;
    }

    /// <summary>Commands are about to be written that wait in the connector's line.</summary>
    public void Line(string connector) => QueueFor(connector).Line();

    /// <summary>Gives places back.</summary>
    public void Release(string connector, int places) => QueueFor(connector).Release(places);

    /// <summary>Sends commands that have places and whose lease is committed.</summary>
    public void Take(string connector, IReadOnlyList<OutboxCommand> commands) => QueueFor(connector).Take(commands, _stopping);

    /// <summary>Waits until no send is under way.</summary>
    public Task DrainAsync(CancellationToken cancellation) => Task.WhenAll(_lanes.Values.Select(lane => lane.DrainAsync(cancellation)));

    public void Dispose()
    {
        foreach (var lane in _lanes.Values)
        {
            lane.Dispose();
        }
    }

    private bool CanWork(RegisteredConnector connector) =>
        !connector.Record.Paused
        && !(_lanes.TryGetValue(connector.Name, out var lane) && lane.IsWorking)
        && connector.Channel?.Pace() is { Free: > 0 };

    private ConnectorQueue QueueFor(string connector) =>
        _lanes.GetOrAdd(connector, name => new ConnectorQueue(name, registry, claims, new InFlightSends(name, settler, activity, options, clocks, log), options, clocks, log));
}
