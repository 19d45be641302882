using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Web.Features.Transactions.Detail;

/// <summary>A stage of the order: how much of it is complete, when it happened, and when it was planned.</summary>
/// <param name="Share">0 to 1 of what is owed.</param>
/// <param name="Actual">When the last of it happened; null before, and where the step was never reported by itself.</param>
/// <param name="Planned">When it was planned.</param>
/// <param name="Estimated">The carrier's estimate; never progress.</param>
public sealed record MilestoneStep(
    TransactionStage Stage, decimal Share, DateTimeOffset? Actual, DateTimeOffset? Planned = null, DateTimeOffset? Estimated = null)
{
    public bool IsDone => Share >= 1;

    public bool IsPartly => Share is > 0 and < 1;

    public bool IsLate => Planned is { } planned && Actual is { } actual && actual > planned;
}

/// <summary>The progress of an order from its acceptance to its posting, by quantities.</summary>
internal static class MilestoneLine
{
    /// <summary>
    /// A step is at least as far as the ones after it: goods that were delivered were also packed, whichever system
    /// reported it.
    /// </summary>
    public static IReadOnlyList<MilestoneStep> From(OrderView view)
    {
        var far = 0m;
        MilestoneStep[] steps =
        [
            new(TransactionStage.Accepted, view.Order is null ? 0 : 1, view.AcceptedAt),
            new(TransactionStage.Released, Share(view, l => l.Released),
                Last(view.Commands.Where(IsRelease).Select(c => (DateTimeOffset?)c.At))),
            new(TransactionStage.Picked, Share(view, l => l.Picked), LastOf(view, Milestones.FulfilmentPicked)),
            new(TransactionStage.Packed, Share(view, l => l.Packed), LastOf(view, Milestones.FulfilmentPacked)),
            new(TransactionStage.Shipped, Share(view, l => l.Shipped), Last(view.Shipments.Select(s => s.ShippedAt))),
            new(
                TransactionStage.Delivered,
                Share(view, l => l.Delivered + l.Refused),
                Last(view.Shipments.Select(s => s.DeliveredAt)),
                view.Order?.RequestedDelivery,
                Last(view.Shipments.Where(s => s.DeliveredAt is null).Select(s => s.EstimatedDelivery))),
            new(TransactionStage.Invoiced, Share(view, l => l.Invoiced),
                Last(view.Invoices.Where(i => i.CancelledAt is null).Select(i => (DateTimeOffset?)i.IssuedAt))),
            new(TransactionStage.Posted, Share(view, l => l.Posted),
                Last(view.Postings.Where(p => p.ReversedAt is null).Select(p => (DateTimeOffset?)p.PostedAt))),
        ];
        for (var i = steps.Length - 1; i >= 0; i--)
        {
            far = Math.Max(far, steps[i].Share);
            steps[i] = steps[i] with { Share = far };
        }

        return steps;
    }

    private static bool IsRelease(CommandView command) =>
        command is { Kind: CommandKinds.ReleaseFulfilment, Outcome: CommandOutcome.Accepted };

    private static decimal Share(OrderView view, Func<LineView, decimal> quantity)
    {
        var owed = view.Lines.Sum(line => line.Owed);
        return owed <= 0 ? 0 : Math.Min(1, view.Lines.Sum(line => Math.Min(line.Owed, quantity(line))) / owed);
    }

    private static DateTimeOffset? LastOf(OrderView view, string milestone) =>
        Last(view.Fulfilments.SelectMany(f => f.Milestones).Where(m => m.Milestone == milestone).Select(m => (DateTimeOffset?)m.At));

    private static DateTimeOffset? Last(IEnumerable<DateTimeOffset?> instants) => instants.Max();
}
