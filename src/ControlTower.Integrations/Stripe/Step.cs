using System.Text.Json;
using ControlTower.Core.Connectors;

namespace ControlTower.Integrations.Stripe;

/// <summary>One step of making an invoice: what Stripe has now, or how the attempt ends here.</summary>
internal readonly record struct Step(JsonElement? Value, SendResult? Ends)
{
    public static Step Done(JsonElement value) => new(value, null);

    public static Step End(SendResult result) => new(null, result);
}
