using System.Text.Json;
using ControlTower.Core.Connectors.Receiving;

namespace ControlTower.Integrations.Stripe;

/// <summary>
/// Receives Stripe's webhooks. Events of every type are stored; the translator decides which are of no interest.
/// </summary>
internal sealed class StripeReceiver : IInboundReceiver
{
    public InboundRoute Route => InboundRoute.Webhooks;

    public bool IsGenuine(InboundRequest request) => StripeSignature.Verify(
        request.Credentials.Accepted(StripeKind.WebhookSecret, request.Now), request.Header(StripeSignature.Header),
        request.Body.Span, request.Now);

    public InboundResult Read(InboundRequest request)
    {
        try
        {
            using var json = JsonDocument.Parse(request.Body);
            return StripeJson.Text(json.RootElement, "object") == "event" && StripeJson.Text(json.RootElement, "type") is not null
                ? InboundResult.FromEnvelopes(request, StripeEvents.From(json.RootElement))
                : InboundResult.Unreadable("The body is no event of Stripe.");
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return InboundResult.Unreadable("The body is not JSON.");
        }
    }
}
