using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Decisions.SalesOrders;

/// <summary>The order's state against its promise; at most one of the two is set.</summary>
internal readonly record struct PromiseState(bool IsLate, bool IsAtRisk);

/// <summary>
/// The promised delivery. Past it an order is late, delivered or not; before it, an estimate beyond it puts the order at risk. What
/// has not arrived when the grace period is over is a condition, until it arrives, is no longer owed, or the promise is moved.
/// </summary>
internal static class Promise
{
    public static PromiseState Decide(Draft draft)
    {
        if (draft.Order.RequestedDelivery is not { } promise)
        {
            return default;
        }

        var isLate = draft.View.Shipments.Exists(shipment => shipment.ArrivedAt > promise);
        if (!draft.View.Lines.Exists(line => Missing(line) > 0))
        {
            return new PromiseState(isLate, false);
        }

        if (draft.IsDue(promise))
        {
            isLate = true;
            NameOverdue(draft, promise);
        }

        return new PromiseState(
            isLate, !isLate && draft.View.Shipments.Exists(shipment => shipment.ArrivedAt is null && shipment.EstimatedDelivery > promise));
    }

    /// <summary>
    /// What of a line has not arrived. Where no connector reports deliveries, what has shipped is not waited for.
    /// </summary>
    private static decimal Missing(LineView line) =>
        Math.Max(0, line.Owed - Math.Max(line.Delivered + line.Refused, line.DeliveryIsReported ? 0 : line.Shipped));

    /// <summary>No delivery is expected of what a commercial hold stops: that is reported by the hold.</summary>
    private static decimal Overdue(Draft draft, LineView line)
    {
        var isHeld = draft.IsStopped("release", line.Line) || draft.IsStopped("shipment", line.Line);
        return isHeld ? Math.Max(0, Missing(line) - Math.Max(0, line.Owed - line.Shipped)) : Missing(line);
    }

    private static void NameOverdue(Draft draft, DateTimeOffset promise)
    {
        var overdue = draft.View.Lines.FindAll(line => Overdue(draft, line) > 0);
        var hours = draft.Policies.Clocks.PromiseOverdueHours;
        if (overdue.Count == 0 || !draft.IsDue(promise, hours))
        {
            return;
        }

        var first = overdue[0];
        var others = overdue.Count == 1 ? "" : $" and {overdue.Count - 1} more line{(overdue.Count == 2 ? "" : "s")}";
        var day = ConditionText.Day(TimeZoneInfo.ConvertTime(promise, SiteTime.ZoneOf(draft.Order.Lines[0].Site, draft.Topology)));
        var shipment = draft.View.Shipments.Find(known => known is { ShippedAt: not null, ArrivedAt: null });
        draft.Name(new OpenCondition(
            $"{ReasonCodes.PromiseOverdue}:{draft.Order.Number}", ReasonCodes.PromiseOverdue,
            $"{Overdue(draft, first):0.######} {first.Unit} of line {first.Line} ({first.Item}){others} "
            + $"were promised for {day} and are not delivered.",
            draft.Order.Number, overdue.TrueForAll(line => line.Site == first.Site) ? first.Site : null,
            shipment is null ? null : ConditionText.TransportOf(shipment), null, null, overdue.Sum(line => Worth(draft, line)),
            promise.AddHours(hours)));
    }

    private static decimal Worth(Draft draft, LineView line) =>
        Money.Share(line.Amount, Math.Min(Overdue(draft, line), line.Ordered), line.Ordered, draft.Order.Currency);
}
