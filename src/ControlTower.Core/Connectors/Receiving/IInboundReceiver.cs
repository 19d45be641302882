namespace ControlTower.Core.Connectors.Receiving;

/// <summary>
/// Receives what a connector's system posts: verifies its signature over the raw body, and reads the events for the
/// inbox. Pure. The sender is answered
/// inbox. Pure. The sender gets a response only after the events are committed; a sender without a valid signature
/// learns only that.
/// </summary>
public interface IInboundReceiver
{
    /// <summary>Where its senders post to.</summary>
    InboundRoute Route { get; }

    /// <summary>The accepted media types, in UTF-8; empty for a vendor whose type is not verified.</summary>
    IReadOnlyList<string> MediaTypes => [];

    /// <summary>False when the headers alone show that the request cannot be genuine; nothing of it is read then.</summary>
    /// <param name="header">A header by its name; null when it is missing or given twice.</param>
    /// <param name="now">System time.</param>
    bool MayBeGenuine(Func<string, string?> header, DateTimeOffset now) => true;

    /// <summary>
    /// Whether the signature verifies. Recently replaced keys count too, so that requests in transit are accepted.
    /// </summary>
    bool IsGenuine(InboundRequest request);

    /// <summary>Reads a genuine request: all its events or none.</summary>
    InboundResult Read(InboundRequest request);
}

/// <summary>The two addresses of the API; each has its own texts and status codes.</summary>
public enum InboundRoute
{
    /// <summary><c>/api/v1/inbound/{connector}</c>: open facts.</summary>
    Facts,

    /// <summary><c>/api/v1/webhooks/{connector}</c>: a vendor's own events.</summary>
    Webhooks,
}
