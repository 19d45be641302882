using System.Text.Json;
using ControlTower.Core.Connectors.Receiving;

namespace ControlTower.Integrations.EasyPost;

/// <summary>
/// Receives EasyPost's webhooks. An event about something else than a tracker is stored too, and recorded as of no
/// interest.
/// </summary>
internal sealed class EasyPostReceiver : IInboundReceiver
{
    public InboundRoute Route => InboundRoute.Webhooks;

    public bool IsGenuine(InboundRequest request) => EasyPostSignature.Verify(
        request.Credentials.Accepted(EasyPostKind.WebhookSecret, request.Now), request.Header(EasyPostSignature.Header), request.Body.Span);

    public InboundResult Read(InboundRequest request)
    {
        try
        {
            using var json = JsonDocument.Parse(request.Body);
            return Split(json.RootElement) is { } envelopes
                ? InboundResult.FromEnvelopes(request, envelopes)
                : InboundResult.Unreadable("The body is neither an Event nor a Tracker of EasyPost.");
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return InboundResult.Unreadable("The body is not JSON.");
        }
    }

    private static IReadOnlyList<byte[]>? Split(JsonElement body) => ObjectOf(body) switch
    {
        "Tracker" => TrackerEvents.Split(body),
        "Event" when body.TryGetProperty("result", out var result) && ObjectOf(result) == "Tracker" => TrackerEvents.Split(result),
        "Event" => [TrackerEvents.Other(body)],
        _ => null,
    };

    private static string? ObjectOf(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty("object", out var name) && name.ValueKind == JsonValueKind.String
            ? name.GetString()
            : null;
}
