using ControlTower.Core.Kernel;
using ControlTower.Web.Features.Exceptions;
using ControlTower.Web.Features.Transactions;
using ControlTower.Web.Shared;

namespace ControlTower.Web.Features.Tower.Needs;

/// <summary>Orders whose money is held, that missed their promise, or that will.</summary>
internal static class OrderNeeds
{
    public static IEnumerable<Need> From(TowerNeeds needs, DateTimeOffset now)
    {
        if (needs.Held is { Orders: > 0 } held)
        {
            yield return Held(held, now);
        }

        if (needs.Late is { Orders: > 0 } late)
        {
            yield return new(
                "late", NeedKind.Late, new("Late", "alarm", Tone.Bad, "Past the promise, and not all of it is delivered."),
                $"{Orders(late.Orders)} past {(late.Orders == 1 ? "its promise and is" : "their promise and are")} not delivered",
                late.Amounts, late.FirstPromise, CaseSelection.Team(Teams.Logistics), See(TowerOrders.Late),
                Urgency.For(late.Amounts, late.FirstPromise, now));
        }

        if (needs.AtRisk is { Orders: > 0 } atRisk)
        {
            yield return new(
                "at-risk", NeedKind.AtRisk,
                new("At risk", "schedule", Tone.Warning, "Estimated by the carriers to arrive after the promise."),
                $"{Orders(atRisk.Orders)} estimated to miss {(atRisk.Orders == 1 ? "its" : "their")} promise",
                atRisk.Amounts, atRisk.FirstPromise, CaseSelection.Team(Teams.Logistics), See(TowerOrders.AtRisk),
                Urgency.For(atRisk.Amounts, atRisk.FirstPromise, now));
        }
    }

    private static Need Held(HeldMoney held, DateTimeOffset now) => new(
        "held", NeedKind.Held, new("Held", "pan_tool", Tone.Hold, "A hold is active: somebody has to decide."),
        $"{Orders(held.Orders)} held", held.Amounts, null,
        held.Owners.Count == 0 ? "The teams" : string.Join(", ", held.Owners.Select(CaseSelection.Team)), See(TowerOrders.Held),
        Urgency.For(held.Amounts, null, now));

    private static string Orders(int count) => $"{NumberFormat.Count(count, "order")} {(count == 1 ? "is" : "are")}";

    private static NeedAction See(TransactionFilter filter) => new("See the orders", TransactionFilterText.Address(filter));
}
