namespace ControlTower.Sandbox.Outgoing;

/// <summary>
/// Sends one connector's facts to the tower. A fact that was added is never lost: it is in the book, and the position
/// of the tower is stored next to it.
/// </summary>
internal abstract class Outlet(string connector)
{
    public string Connector => connector;

    /// <summary>How many facts were created and not yet taken by the tower.</summary>
    public abstract int Unsent { get; }

    /// <summary>Adds the next fact, in the order of the book. Called under the floor's lock.</summary>
    /// <param name="together">It is sent in one request with the fact before it.</param>
    /// <param name="written">Completes when it is in the book on disk; it must not be sent before.</param>
    public abstract void Offer(byte[] content, bool together, Task written);
}

/// <param name="Place">Its place among the connector's facts, from 0.</param>
internal sealed record OutgoingFact(int Place, byte[] Content, bool Together, Task Written);
