using System.Text.Json;

namespace ControlTower.Core.Connectors.Webhooks;

/// <summary>
/// Reads what a vendor posts to <c>/api/v1/webhooks/{connector}</c>: verifies its signature over the raw body, and splits it into events for the inbox. Pure. The
/// vendor is answered 200 only after the events are committed.
/// </summary>
public interface IWebhookReceiver
{
    WebhookResult Receive(WebhookRequest request);
}

/// <param name="Headers">Names without regard to case; a header that is given twice is not there.</param>
/// <param name="Body">As it came; signatures cover exactly these bytes.</param>
/// <param name="Credentials">Of the connector; verify against <see cref="ConnectorCredentials.Accepted"/>, so that a secret can be changed while events are on their way.</param>
/// <param name="Settings">Of the connector.</param>
/// <param name="Now">System time.</param>
public sealed record WebhookRequest(
    IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body, ConnectorCredentials Credentials, JsonElement Settings, DateTimeOffset Now);

/// <summary>What came of a webhook.</summary>
public sealed record WebhookResult
{
    private WebhookResult(IReadOnlyList<byte[]>? events, string? refused) => (Events, Refused) = (events, refused);

    /// <summary>Signature missing, wrong, or too old: answered 401, nothing stored.</summary>
    public static WebhookResult Unauthorised { get; } = new(null, null);

    /// <summary>CloudEvents envelopes for the inbox; null unless it was verified and read.</summary>
    public IReadOnlyList<byte[]>? Events { get; }

    /// <summary>Verified but no body of this vendor: answered 422 with this sentence, nothing stored.</summary>
    public string? Refused { get; }

    /// <summary>Zero events acknowledge a ping. What may ever be of interest is an event: its translator says what is not.</summary>
    public static WebhookResult Of(params IReadOnlyList<byte[]> events) => new(events, null);

    public static WebhookResult Unreadable(string why) => new(null, why);
}
