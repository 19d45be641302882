using ControlTower.Core.Persistence.Outbox;

namespace ControlTower.Core.Outbox;

/// <summary>
/// Slots for the commands of one claim or one cycle. Each slot goes to one command; disposing gives back what is
/// left, once. Not for concurrent use.
/// </summary>
internal sealed class SlotReservation(SendSlots slots, int count) : IDisposable
{
    /// <summary>Slots that no command has yet.</summary>
    public int Left { get; private set; } = count;

    /// <summary>Gives a slot to a command, which is sent or handed back from then on.</summary>
    /// <exception cref="InvalidOperationException">No slot is left.</exception>
    public SendReservation Assign(OutboxCommand command)
    {
        if (Left == 0)
        {
            throw new InvalidOperationException($"No slot is reserved for {command.Key}.");
        }

        Left--;
        return new SendReservation(command, slots);
    }

    public void Dispose()
    {
        if (Left > 0)
        {
            slots.Free(Left);
            Left = 0;
        }
    }
}
