using ControlTower.Core.Kernel;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Decisions;

/// <summary>
/// The stage of the least advanced quantity that is still owed, and when it was reached. A later step of the warehouse
/// implies the earlier ones; transport, billing and the ERP imply nothing of each other.
/// </summary>
internal static class Stages
{
    public static TransactionStage For(OrderView view)
    {
        TransactionStage? least = null;
        var isAnyOwed = false;
        foreach (var line in view.Lines)
        {
            if (line.Owed > 0)
            {
                isAnyOwed = true;
                var stage = Reached(line, line.Owed);
                least = least is null || stage < least ? stage : least;
            }
        }

        return isAnyOwed ? least!.Value : WithoutDebt(view);
    }

    /// <summary>Nothing is owed: cancelled, once the warehouses returned what was released to them.</summary>
    private static TransactionStage WithoutDebt(OrderView view)
    {
        TransactionStage? least = null;
        var isAnyOpen = false;
        foreach (var line in view.Lines)
        {
            var open = Math.Max(0, line.Released - line.ShortCancelled);
            if (open > 0)
            {
                isAnyOpen = true;
                var stage = Reached(line, open);
                least = least is null || stage < least ? stage : least;
            }
        }

        return isAnyOpen ? least!.Value : view.Lines.Count == 0 ? TransactionStage.Accepted : TransactionStage.Cancelled;
    }

    private static TransactionStage Reached(LineView line, decimal owed)
    {
        var packed = Math.Max(line.Packed, Math.Max(line.Ready, line.Shipped));
        var picked = Math.Max(line.Picked, packed);
        var released = Math.Max(Math.Max(line.Released, line.Allocated), picked);
        if (released < owed)
        {
            return TransactionStage.Accepted;
        }

        if (picked < owed)
        {
            return TransactionStage.Released;
        }

        if (packed < owed)
        {
            return TransactionStage.Picked;
        }

        return line.Shipped < owed ? TransactionStage.Packed : ReachedAfterShipping(line, owed);
    }

    private static TransactionStage ReachedAfterShipping(LineView line, decimal owed)
    {
        // What the receiver refused has been presented; it is not billed.
        if (line.DeliveryIsReported && line.Delivered + line.Refused < owed)
        {
            return TransactionStage.Shipped;
        }

        var billable = owed - line.Refused;
        if (line.Invoiced < billable)
        {
            return line.DeliveryIsReported ? TransactionStage.Delivered : TransactionStage.Shipped;
        }

        return line.Posted < billable ? TransactionStage.Invoiced : TransactionStage.Posted;
    }

    /// <summary>When the stage was reached: the latest fact of those that make it up.</summary>
    public static DateTimeOffset ReachedAt(OrderView view, TransactionStage stage) => stage switch
    {
        TransactionStage.Released => Latest(view, view.Fulfilments, f => f.ReleasedAt),
        TransactionStage.Picked => Step(view, Milestones.FulfilmentPicked),
        TransactionStage.Packed => Step(view, Milestones.FulfilmentPacked),
        TransactionStage.Shipped => Latest(view, view.Shipments, s => s.ShippedAt),
        TransactionStage.Delivered => Latest(view, view.Shipments, s => s.DeliveredAt ?? s.Proof?.At),
        TransactionStage.Invoiced => Latest(view, view.Invoices, i => i.CountsAsInvoiced ? i.IssuedAt : null),
        TransactionStage.Posted => Latest(view, view.Postings, p => p.ReversedAt is null ? p.PostedAt : null),
        TransactionStage.Cancelled => view.CancelledAt ?? Latest(view, view.Fulfilments, f => f.CancelledAt),
        _ => view.AcceptedAt ?? DateTimeOffset.UnixEpoch,
    };

    private static DateTimeOffset Step(OrderView view, string milestone)
    {
        var at = Latest(view, view.Fulfilments, f => f.Milestones.Find(m => m.Milestone == milestone)?.At);
        return at > (view.AcceptedAt ?? at) ? at : Latest(view, view.Shipments, s => s.ReadyAt ?? s.ShippedAt);
    }

    private static DateTimeOffset Latest<T>(OrderView view, List<T> documents, Func<T, DateTimeOffset?> at)
    {
        var latest = view.AcceptedAt ?? DateTimeOffset.UnixEpoch;
        foreach (var document in documents)
        {
            latest = at(document) is { } time && time > latest ? time : latest;
        }

        return latest;
    }
}
