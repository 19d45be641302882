using ControlTower.Core.Kernel;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Decisions.SalesOrders;

/// <summary>
/// What should come next and by when. Only milestones that some connector reports are expected; a clock runs from the
/// business time of its cause, and not while a commercial hold stops the step. What has not come by its time is a
/// condition; it closes when it comes.
/// </summary>
internal static partial class Expect
{
    public static void Decide(Draft draft)
    {
        if (!draft.IsCancelled)
        {
            if (!draft.IsStopped("release", (string?)null))
            {
                ExpectFirstAllocations(draft);
                draft.View.Fulfilments.ForEach(fulfilment => ExpectSteps(draft, fulfilment));
            }

            draft.View.Shipments.ForEach(shipment => ExpectShipping(draft, shipment));
        }

        draft.View.Fulfilments.ForEach(fulfilment => ExpectCancellation(draft, fulfilment));
        foreach (var shipment in draft.View.Shipments)
        {
            if (shipment.ShippedAt is { } shippedAt)
            {
                ExpectGoodsIssue(draft, shipment, shippedAt);
                ExpectPickUp(draft, shipment, shippedAt);
                ExpectTracking(draft, shipment, shippedAt);
                ExpectReport(draft, shipment, shippedAt);
            }
        }

        ExpectInvoices(draft);
        ExpectPostings(draft);
    }

    /// <summary>Names a milestone that has not come, once its clock has run out.</summary>
    private static void Missing(
        Draft draft, string milestone, string document, string? site, DateTimeOffset cause, int hours, string waitingFor)
    {
        if (!draft.IsReported(milestone, site) || !draft.IsDue(cause, hours))
        {
            return;
        }

        draft.Name(new OpenCondition(
            $"{ReasonCodes.ExpectedMissing}:{milestone}:{document}", ReasonCodes.ExpectedMissing,
            $"Waiting for {waitingFor} since {ConditionText.Day(cause)}.",
            document, site, null, null, null, null, cause.AddHours(hours))
        { Team = ReasonCodes.TeamOfMilestone(milestone) });
    }

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset? right) => right > left ? right.Value : left;
}
