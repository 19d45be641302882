using System.Text.Json;
using ControlTower.Core.Connectors.Webhooks;

namespace ControlTower.Integrations.EasyPost;

/// <summary>
/// Takes EasyPost's webhooks. An event about something else than a tracker is stored too, and recorded as of no
/// interest.
/// </summary>
internal sealed class EasyPostWebhooks : IWebhookReceiver
{
    public WebhookResult Receive(WebhookRequest request)
    {
        var secrets = request.Credentials.Accepted(EasyPostKind.WebhookSecret, request.Now);
        return EasyPostSignature.Verify(secrets, request.Headers.GetValueOrDefault(EasyPostSignature.Header), request.Body.Span)
            ? Read(request.Body)
            : WebhookResult.Unauthorised;
    }

    private static WebhookResult Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return Read(json.RootElement);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return WebhookResult.Unreadable("The body is not JSON.");
        }
    }

    private static WebhookResult Read(JsonElement body) => ObjectOf(body) switch
    {
        "Tracker" => WebhookResult.Of(TrackerEvents.Split(body)),
        "Event" when body.TryGetProperty("result", out var result) && ObjectOf(result) == "Tracker" =>
            WebhookResult.Of(TrackerEvents.Split(result)),
        "Event" => WebhookResult.Of(TrackerEvents.Other(body)),
        _ => WebhookResult.Unreadable("The body is neither an Event nor a Tracker of EasyPost."),
    };

    private static string? ObjectOf(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty("object", out var name) && name.ValueKind == JsonValueKind.String
            ? name.GetString()
            : null;
}
