namespace ControlTower.Core.Persistence.Publishing;

/// <summary>
/// A milestone that a connector is to publish, written in the commit that merged it and deleted when the other side
/// has confirmed it. Its content never changes.
/// </summary>
public sealed class Publication
{
    /// <summary>Publications of one transaction have ascending ids in the order in which they were merged.</summary>
    public long Id { get; set; }

    public required string Connector { get; set; }

    /// <summary>The event's id: made of transaction and fact, so the same whenever it is published.</summary>
    public required string EventId { get; set; }

    /// <summary>Where it goes, as the connector's kind names addresses.</summary>
    public required string Address { get; set; }

    /// <summary>The complete event.</summary>
    public required byte[] Body { get; set; }

    public PublicationState State { get; set; }

    /// <summary>It was unroutable and is being tried again.</summary>
    public bool Retried { get; set; }

    /// <summary>System time.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}

public enum PublicationState : short
{
    Waiting = 0,

    /// <summary>Reached no subscriber: a case is open, and its replay puts it back.</summary>
    Unroutable = 1,
}
