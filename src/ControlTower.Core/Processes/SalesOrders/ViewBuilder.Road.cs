using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;

namespace ControlTower.Core.Processes.SalesOrders;

/// <summary>What the TMS and carriers say, brought home to the shipments that their numbers cover.</summary>
internal sealed partial class ViewBuilder
{
    private readonly List<StateEntry> _road = [];

    private void ReadRoad()
    {
        foreach (var entry in state.Slots)
        {
            var isRoad = entry.Role is Roles.Tms or Roles.Carrier or Roles.People
                && (entry.Milestone.StartsWith("shipment.", StringComparison.Ordinal) || entry.Milestone == Milestones.DeliveryPod);
            if (isRoad && entry.IsOwner)
            {
                _road.Add(entry);
            }
        }

        LinkNumbers();
        foreach (var shipment in _view.Shipments)
        {
            ReadRoadOf(shipment);
        }

        foreach (var entry in _road)
        {
            if (entry.Data.Exception is not null && !_view.Shipments.Exists(shipment => Covers(entry, shipment)))
            {
                _view.LooseExceptions.Add(ExceptionOf(entry));
            }
        }
    }

    /// <summary>Loads and tracking numbers of each shipment: from the tender's answer, from what the TMS said, from what carriers reference.</summary>
    private void LinkNumbers()
    {
        foreach (var command in _view.Commands)
        {
            if (command is { Kind: CommandKinds.TenderShipment, Outcome: CommandOutcome.Accepted }
                && _view.Shipments.Find(shipment => shipment.Slice == command.Slice) is { } shipment)
            {
                AddOnce(shipment.Loads, command.ExternalId);
                foreach (var reference in command.References ?? [])
                {
                    AddOnce(reference.Kind == ReferenceKinds.Tracking ? shipment.Trackings : shipment.Loads,
                        reference.Kind is ReferenceKinds.Tracking or ReferenceKinds.Load ? reference.Value : null);
                }
            }
        }

        // What one fact links, another may need: twice is enough for load → tracking → milestone.
        for (var pass = 0; pass < 2; pass++)
        {
            foreach (var entry in _road)
            {
                foreach (var shipment in _view.Shipments)
                {
                    if (Covers(entry, shipment))
                    {
                        AddOnce(shipment.Loads, entry.Role == Roles.Tms ? entry.Subject : entry.Link(ReferenceKinds.Load));
                        AddOnce(shipment.Trackings, TrackingOf(entry));
                    }
                }
            }
        }
    }

    private static string? TrackingOf(StateEntry entry) => entry.Role == Roles.Carrier ? entry.Subject : entry.Data.Tracking;

    private static bool Covers(StateEntry entry, ShipmentView shipment)
    {
        foreach (var reference in entry.References ?? [])
        {
            var isMatch = reference.Kind switch
            {
                ReferenceKinds.Shipment => reference.Value == shipment.Number && (reference.System is null || reference.System == shipment.System),
                ReferenceKinds.Load => shipment.Loads.Contains(reference.Value),
                ReferenceKinds.Tracking => shipment.Trackings.Contains(reference.Value),
                _ => false,
            };
            if (isMatch)
            {
                return true;
            }
        }

        return false;
    }

    private void ReadRoadOf(ShipmentView shipment)
    {
        StateEntry? estimate = null;
        foreach (var entry in _road)
        {
            if (!Covers(entry, shipment))
            {
                continue;
            }

            shipment.Carrier ??= entry.Data.Carrier;
            shipment.LastNewsAt = Later(shipment.LastNewsAt, entry.Time);
            switch (entry.Milestone)
            {
                case Milestones.ShipmentEstimate:
                    estimate = estimate is null || StateEntryOrder.IsAfter(entry, estimate) ? entry : estimate;
                    break;
                case Milestones.ShipmentException:
                    shipment.Exceptions.Add(ExceptionOf(entry));
                    break;
                default:
                    shipment.Milestones.Add(MilestoneOf(entry));
                    break;
            }
        }

        shipment.EstimatedDelivery = estimate?.Data.EstimatedDelivery;
        ReadTender(shipment);
        shipment.PickUp = Whole(shipment, Milestones.ShipmentPickedUp);
        shipment.PickedUpAt = shipment.PickUp?.At;
        shipment.Delivery = Whole(shipment, Milestones.ShipmentDelivered);
        shipment.DeliveredAt = shipment.Delivery?.At;
        shipment.Proof = ProofOf(shipment);
        shipment.Milestones.Sort(static (left, right) =>
        {
            var byTime = left.At.CompareTo(right.At);
            return byTime != 0 ? byTime : string.CompareOrdinal(left.Milestone, right.Milestone);
        });
    }

    /// <summary>The TMS's last word on a load: accepted or declined.</summary>
    private void ReadTender(ShipmentView shipment)
    {
        StateEntry? accepted = null, declined = null;
        foreach (var entry in _road)
        {
            if (entry.Milestone == Milestones.ShipmentAccepted && Covers(entry, shipment))
            {
                accepted = accepted is null || StateEntryOrder.IsAfter(entry, accepted) ? entry : accepted;
            }

            if (entry.Milestone == Milestones.ShipmentDeclined && Covers(entry, shipment))
            {
                declined = declined is null || StateEntryOrder.IsAfter(entry, declined) ? entry : declined;
            }
        }

        var isDeclined = declined is not null && (accepted is null || StateEntryOrder.IsAfter(declined, accepted));
        shipment.AcceptedAt = isDeclined ? null : accepted?.Time;
        shipment.DeclinedAt = isDeclined ? declined!.Time : null;
        shipment.DeclineReason = isDeclined ? declined!.Data.Reason : null;
        shipment.Carrier = accepted?.Data.Carrier ?? shipment.Carrier;
    }

    private static ExceptionView ExceptionOf(StateEntry entry) => new(
        entry.Data.Exception!.Kind, entry.Data.Exception.State == "open", entry.Data.Exception.Reason, entry.Time, entry.Connector, entry.Id, entry.Subject);

    private static DateTimeOffset Later(DateTimeOffset? left, DateTimeOffset right) => left > right ? left.Value : right;
}
