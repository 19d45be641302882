using System.Text.Json;
using ControlTower.Core.Connectors.Webhooks;

namespace ControlTower.Integrations.Stripe;

/// <summary>Takes Stripe's webhooks. Events of every type are stored; the translator says which are of no interest.</summary>
internal sealed class StripeWebhooks : IWebhookReceiver
{
    public WebhookResult Receive(WebhookRequest request)
    {
        var secrets = request.Credentials.Accepted(StripeKind.WebhookSecret, request.Now);
        return StripeSignature.Verify(secrets, request.Headers.GetValueOrDefault(StripeSignature.Header), request.Body.Span, request.Now)
            ? Read(request.Body)
            : WebhookResult.Unauthorised;
    }

    private static WebhookResult Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return StripeJson.Text(json.RootElement, "object") == "event" && StripeJson.Text(json.RootElement, "type") is not null
                ? WebhookResult.Of(StripeEvents.Of(json.RootElement))
                : WebhookResult.Unreadable("The body is no event of Stripe.");
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return WebhookResult.Unreadable("The body is not JSON.");
        }
    }
}
