using ControlTower.Core.Engine;
using ControlTower.Core.Persistence.Outbox;

namespace ControlTower.Core.Outbox;

/// <summary>A cycle's eagerly dispatched commands with their reservations, by connector.</summary>
internal sealed class EagerBatch(Dispatcher dispatcher) : IEagerBatch
{
    private readonly Dictionary<string, (SlotReservation Slots, List<OutboxCommand> Commands)> _parts = new(StringComparer.Ordinal);

    public IEnumerable<string> Connectors => _parts.Keys;

    public IEnumerable<OutboxCommand> Commands => _parts.Values.SelectMany(part => part.Commands);

    /// <summary>Takes as many of the commands as slots are free, the first ones first.</summary>
    public void Add(string connector, SlotReservation reservation, List<OutboxCommand> commands)
    {
        if (reservation.Left > 0)
        {
            _parts.Add(connector, (reservation, commands[..reservation.Left]));
        }
    }

    public void Remove(string connector)
    {
        if (_parts.Remove(connector, out var part))
        {
            part.Slots.Dispose();
        }
    }

    public void Dispatch()
    {
        foreach (var (connector, (slots, commands)) in _parts)
        {
            dispatcher.Send(connector, slots, commands);
        }
    }

    public void Dispose()
    {
        foreach (var (slots, _) in _parts.Values)
        {
            slots.Dispose();
        }
    }
}
