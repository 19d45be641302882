namespace ControlTower.Core.Connectors.Receiving;

/// <summary>One request to a connector's address.</summary>
/// <param name="Header">A header by its name; null when it is missing or given twice.</param>
/// <param name="Body">As it came; signatures cover exactly these bytes.</param>
/// <param name="Credentials">
/// Of the connector; verify against <see cref="ConnectorCredentials.Accepted"/>, so that a secret can be changed while
/// events are on their way.
/// </param>
/// <param name="SigningKeys">The open connector's keys that verify now: the current one and, for a day after a change,
/// the one before.</param>
/// <param name="Now">System time.</param>
public sealed record InboundRequest(
    Func<string, string?> Header,
    ReadOnlyMemory<byte> Body,
    ConnectorCredentials Credentials,
    IReadOnlyList<byte[]> SigningKeys,
    DateTimeOffset Now)
{
    /// <summary>Which of the receiver's media types it is; null where it takes any.</summary>
    public string? MediaType { get; init; }

    /// <summary>W3C traceparent of the request.</summary>
    public string? TraceParent { get; init; }
}
