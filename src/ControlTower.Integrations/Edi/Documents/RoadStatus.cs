using System.Text.Json.Nodes;
using ControlTower.Core.Connectors.Translating;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;

namespace ControlTower.Integrations.Edi.Documents;

/// <summary>The meaning of a carrier's status once its code is mapped: the same for 214, 990 and IFTSTA.</summary>
internal static class RoadStatus
{
    private const string ExceptionPrefix = "exception:";

    /// <param name="meaning">A milestone, <c>exception:…</c> or <c>ignore</c>; null when the code is not mapped, which was noted.</param>
    /// <param name="data">References, carrier, tracking, location.</param>
    public static TranslateResult Fact(
        TranslateContext context, string? meaning, string subject, DateTimeOffset? at, JsonObject data, string code, string? reason)
    {
        if (meaning == CodeMap.OfNoInterest)
        {
            return TranslateResult.OfNoInterest($"Status {code} moves nothing that the tower follows.");
        }

        if (meaning == Milestones.ShipmentEstimate)
        {
            data["estimatedDelivery"] = at?.ToUniversalTime().ToString("O");
            return context.Fact(meaning, subject, null, data);
        }

        if (meaning?.StartsWith(ExceptionPrefix, StringComparison.Ordinal) == true)
        {
            data["exception"] = new JsonObject { ["kind"] = meaning[ExceptionPrefix.Length..], ["state"] = "open",
                ["reason"] = reason is null ? $"Status {code}" : $"Status {code}, reason {reason}" };
            return context.Fact(Milestones.ShipmentException, subject, at, data);
        }

        if (meaning == Milestones.ShipmentDeclined)
        {
            data["reason"] = reason ?? $"Answer {code}";
        }

        return context.Fact(meaning ?? "", subject, at, data);
    }
}
