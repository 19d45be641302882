using ControlTower.Integrations.Open;

namespace ControlTower.Web.Features.Inbound;

/// <summary>The three headers of Standard Webhooks; one that is missing or doubled is empty.</summary>
internal readonly record struct WebhookHeaders(string? Id, string? Timestamp, string? Signature)
{
    public static WebhookHeaders Of(HttpRequest request) => new(
        One(request, StandardWebhooks.IdHeader), One(request, StandardWebhooks.TimestampHeader), One(request, StandardWebhooks.SignatureHeader));

    /// <summary>Whether they are whole and the timestamp is near; asked before the body is read.</summary>
    public bool AreCurrent(DateTimeOffset now) => !string.IsNullOrEmpty(Signature) && StandardWebhooks.IsCurrent(Id, Timestamp, now);

    public bool Verify(IReadOnlyList<byte[]> keys, ReadOnlySpan<byte> body, DateTimeOffset now) =>
        StandardWebhooks.Verify(keys, Id, Timestamp, Signature, body, now);

    private static string? One(HttpRequest request, string name) => request.Headers[name] is [{ } value] ? value : null;
}
