using System.Collections.Concurrent;
using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Outbox;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Outbox;

/// <summary>
/// Holds a queue for each connector and starts those that have work. Any number of nodes run it at the same time:
/// leases are all they share.
/// </summary>
internal sealed class Dispatcher(
    ConnectorRegistry registry,
    CommandClaims claims,
    OutcomeWriter outcomes,
    ConnectorActivity activity,
    OutboxOptions options,
    TowerClocks clocks,
    ILogger<Dispatcher> log)
    : IDisposable
{
    private readonly ConcurrentDictionary<string, ConnectorQueue> _queues = new(StringComparer.Ordinal);
    private CancellationToken _stopping = new(canceled: true);

    /// <summary>Starts the queues that have something to do and whose channel lets something through.</summary>
    public async Task TickAsync(CancellationToken stopping)
    {
        var idle = (await registry.AllAsync(stopping)).Where(CanWork).Select(connector => connector.Name).ToList();
        if (idle.Count == 0)
        {
            return;
        }

        foreach (var connector in await claims.WithWorkAsync(idle, stopping))
        {
            QueueOf(connector).Start(stopping);
        }
    }

    /// <summary>From now on commands may come with their leases, until it is stopped.</summary>
    public void Open(CancellationToken stopping) => _stopping = stopping;

    /// <summary>
    /// Slots for commands that are about to be written with their lease; none while this node does not send.
    /// </summary>
    public SlotReservation Reserve(string connector, IConnectorChannel channel, int wanted)
    {
        var reservation = QueueOf(connector).Reserve(wanted, channel);
        if (_stopping.IsCancellationRequested)
        {
            // Checked last: from the reservation on, stopping waits for the slots.
            reservation.Dispose();
        }

        return reservation;
    }

    /// <summary>Commands are about to be written that wait in the connector's queue.</summary>
    public void MarkWaiting(string connector) => QueueOf(connector).MarkWaiting();

    /// <summary>Sends commands whose lease is committed.</summary>
    public void Send(string connector, SlotReservation reservation, IReadOnlyList<OutboxCommand> commands) =>
        QueueOf(connector).Send(reservation, commands, _stopping);

    /// <summary>Waits until no send is in flight.</summary>
    public Task DrainAsync(CancellationToken cancellation) => Task.WhenAll(_queues.Values.Select(queue => queue.DrainAsync(cancellation)));

    public void Dispose()
    {
        foreach (var queue in _queues.Values)
        {
            queue.Dispose();
        }
    }

    private bool CanWork(RegisteredConnector connector) =>
        !connector.Record.Paused
        && !(_queues.TryGetValue(connector.Name, out var queue) && queue.IsWorking)
        && connector.Channel?.Pace() is { Free: > 0 };

    private ConnectorQueue QueueOf(string connector) => _queues.GetOrAdd(connector, Create);

    private ConnectorQueue Create(string connector)
    {
        var sender = new CommandSender(connector, activity, options, clocks, log);
        return new ConnectorQueue(connector, registry, claims, new SendSlots(outcomes.Add), sender, options, clocks, log);
    }
}
