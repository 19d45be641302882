using ControlTower.Core.Facts;
using ControlTower.Core.Policies;

namespace ControlTower.Core.Decisions.SalesOrders;

/// <summary>What a billing trigger policy requires for a given order. Pure.</summary>
public static class BillingTriggerRules
{
    /// <summary>
    /// Whether the order's invoices need proof of delivery: by the order itself, by its Incoterms, or by its customer's
    /// segment.
    /// </summary>
    public static bool NeedsProof(this BillingTriggerPolicy policy, OrderSnapshot order) =>
        (policy.ProofWhereOrderAsks && order.PodRequired)
        || Lists(policy.ProofForIncoterms, Term(order.Incoterms))
        || Lists(policy.ProofForSegments, order.Customer.Segment);

    private static bool Lists(IReadOnlyList<string> list, string? value)
    {
        foreach (var item in list)
        {
            if (string.Equals(item, value, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Incoterms come with their place: "DAP Hamburg" is DAP.</summary>
    private static string? Term(string? incoterms) => incoterms?.Split(' ', 2)[0];
}
