using System.Text.Json;
using ControlTower.Core.Connectors;

namespace ControlTower.Integrations.Stripe;

/// <summary>What a finalised invoice means for the command that requested it.</summary>
internal static class StripeAnswers
{
    /// <summary>
    /// Accepted under the invoice's number; the invoice itself goes to the inbox, where the webhook about the same
    /// invoice is its duplicate.
    /// </summary>
    public static SendResult Accepted(JsonElement invoice) => new(
        SendOutcome.Accepted, 200, StripeJson.NumberOf(invoice), Facts: [StripeEvents.OfInvoice(StripeEvents.Finalized, invoice)]);

    public static LookUpResult Found(JsonElement invoice) => new(
        LookUpOutcome.Found, StripeJson.NumberOf(invoice), Facts: [StripeEvents.OfInvoice(StripeEvents.Finalized, invoice)],
        Detail: $"Stripe has it as {StripeJson.NumberOf(invoice)}.");
}
