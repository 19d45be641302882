namespace ControlTower.Sandbox.Outgoing;

/// <summary>The way of one connector's facts to the tower. What was offered is never lost: its place is in the book, and how far
/// the tower has it is kept beside.</summary>
internal abstract class Outlet(string connector)
{
    public string Connector => connector;

    /// <summary>How many facts were said and not yet taken by the tower.</summary>
    public abstract int Unsent { get; }

    /// <summary>Adds the next fact, in the order of the book. Called under the floor's gate.</summary>
    /// <param name="together">It goes with the fact before it in one request.</param>
    /// <param name="written">Completes when it is in the book on disk; it must not leave before.</param>
    public abstract void Offer(byte[] content, bool together, Task written);
}

/// <param name="Place">Its place among the connector's facts, from 0.</param>
internal sealed record OutgoingFact(int Place, byte[] Content, bool Together, Task Written);
