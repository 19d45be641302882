using ControlTower.Core.Kernel;

namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>
/// Completes shipments with their transport: milestones, exceptions, estimate, tender, pick-up, delivery and proof.
/// </summary>
internal static class TransportProjector
{
    /// <returns>Carrier exceptions of no known shipment.</returns>
    public static List<ExceptionView> Project(StateEntries facts, List<CommandView> commands, List<ShipmentView> shipments)
    {
        var transport = TransportFacts.Select(facts);
        ShipmentNumbers.Link(transport, commands, shipments);
        foreach (var shipment in shipments)
        {
            Complete(shipment, transport);
        }

        var loose = new List<ExceptionView>();
        foreach (var entry in transport)
        {
            if (entry.Data.Exception is not null && !shipments.Exists(shipment => TransportFacts.Covers(entry, shipment)))
            {
                loose.Add(ExceptionView.From(entry));
            }
        }

        return loose;
    }

    private static void Complete(ShipmentView shipment, List<StateEntry> transport)
    {
        AddMilestones(shipment, transport);
        TenderProjector.Apply(shipment, transport);
        shipment.PickUp = ShipmentParts.Whole(shipment, transport, Milestones.ShipmentPickedUp);
        shipment.PickedUpAt = shipment.PickUp?.At;
        shipment.Delivery = ShipmentParts.Whole(shipment, transport, Milestones.ShipmentDelivered);
        shipment.DeliveredAt = shipment.Delivery?.At;
        shipment.Proof = ProofProjector.Project(shipment, transport);
        shipment.Milestones.Sort(static (left, right) =>
        {
            var byTime = left.At.CompareTo(right.At);
            return byTime != 0 ? byTime : string.CompareOrdinal(left.Milestone, right.Milestone);
        });
    }

    private static void AddMilestones(ShipmentView shipment, List<StateEntry> transport)
    {
        StateEntry? estimate = null;
        foreach (var entry in transport)
        {
            if (!TransportFacts.Covers(entry, shipment))
            {
                continue;
            }

            shipment.Carrier ??= entry.Data.Carrier;
            shipment.LastReportAt = shipment.LastReportAt > entry.Time ? shipment.LastReportAt : entry.Time;
            switch (entry.Milestone)
            {
                case Milestones.ShipmentEstimate:
                    estimate = estimate is null || StateEntryOrder.IsAfter(entry, estimate) ? entry : estimate;
                    break;
                case Milestones.ShipmentException:
                    shipment.Exceptions.Add(ExceptionView.From(entry));
                    break;
                default:
                    shipment.Milestones.Add(MilestoneView.From(entry));
                    break;
            }
        }

        shipment.EstimatedDelivery = estimate?.Data.EstimatedDelivery;
    }
}
