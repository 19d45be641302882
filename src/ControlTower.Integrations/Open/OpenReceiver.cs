using ControlTower.Core.Connectors.Receiving;

namespace ControlTower.Integrations.Open;

/// <summary>Receives open facts: one CloudEvents event or a batch, signed by Standard Webhooks.</summary>
public sealed class OpenReceiver : IInboundReceiver
{
    public const string Event = "application/cloudevents+json";
    public const string Batch = "application/cloudevents-batch+json";

    public InboundRoute Route => InboundRoute.Facts;

    public IReadOnlyList<string> MediaTypes { get; } = [Event, Batch];

    public bool MayBeGenuine(Func<string, string?> header, DateTimeOffset now) =>
        !string.IsNullOrEmpty(header(StandardWebhooks.SignatureHeader))
        && StandardWebhooks.IsCurrent(header(StandardWebhooks.IdHeader), header(StandardWebhooks.TimestampHeader), now);

    public bool IsGenuine(InboundRequest request) => StandardWebhooks.Verify(
        request.SigningKeys, request.Header(StandardWebhooks.IdHeader), request.Header(StandardWebhooks.TimestampHeader),
        request.Header(StandardWebhooks.SignatureHeader), request.Body.Span, request.Now);

    public InboundResult Read(InboundRequest request) => OpenBatch.Read(request.Body, request.MediaType == Batch, request.TraceParent);
}
