using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;

namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>The commercial side: the current order and its lines, and what of it was cancelled.</summary>
internal static class OrderProjector
{
    public static CommercialOrder Project(StateEntries facts, SystemTopology topology)
    {
        var order = new CommercialOrder { AcceptedAt = AcceptedAt(facts) };
        if (OrderVersions.Current(facts) is not { Data.Order: { } snapshot } current)
        {
            return order;
        }

        order.Snapshot = snapshot;
        order.System = current.Connector;
        foreach (var line in snapshot.Lines)
        {
            order.Lines.Add(LineFrom(line, snapshot.LegalEntity, topology));
        }

        ApplyCancellations(facts, order, current);
        return order;
    }

    private static DateTimeOffset? AcceptedAt(StateEntries facts)
    {
        foreach (var entry in facts.Owned(Milestones.OrderAccepted))
        {
            return entry.Time;
        }

        return null;
    }

    private static LineView LineFrom(OrderLine line, string legalEntity, SystemTopology topology) => new()
    {
        Line = line.Line,
        Item = line.Item,
        Description = line.Description,
        Unit = line.Unit,
        Site = line.Site,
        UnitPrice = line.UnitPrice,
        Amount = line.Amount,
        Ordered = line.Quantity,
        DeliveryIsReported = topology.IsReported(Milestones.ShipmentDelivered, line.Site, legalEntity)
            || topology.IsReported(Milestones.DeliveryPod, line.Site, legalEntity),
    };

    private static void ApplyCancellations(StateEntries facts, CommercialOrder order, StateEntry current)
    {
        foreach (var entry in facts.Owned(Milestones.OrderCancelled))
        {
            if (entry.Connector != order.System)
            {
                continue;
            }

            if (entry.Data.Lines is not { } lines)
            {
                order.CancelledAt = entry.Time;
                order.CancelReason = entry.Data.Reason;
                order.Lines.ForEach(static line => line.Cancelled = line.Ordered);
            }
            else if (StateEntryOrder.IsAfter(entry, current))
            {
                // A later snapshot of the order already counts what was taken out of it.
                order.CancelReason ??= entry.Data.Reason;
                CancelLines(order, lines);
            }
        }
    }

    private static void CancelLines(CommercialOrder order, IReadOnlyList<FactLine> cancelledLines)
    {
        foreach (var cancelled in cancelledLines)
        {
            if (order.FindLine(cancelled.Line) is { } line)
            {
                line.Cancelled = Math.Max(line.Cancelled, Math.Min(line.Ordered, cancelled.Quantity ?? line.Ordered));
            }
        }
    }
}
