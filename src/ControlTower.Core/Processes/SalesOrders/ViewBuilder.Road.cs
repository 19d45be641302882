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
        foreach (var slot in state.Slots)
        {
            var isRoad = slot.Role is Roles.Tms or Roles.Carrier or Roles.People
                && (slot.Milestone.StartsWith("shipment.", StringComparison.Ordinal) || slot.Milestone == Milestones.DeliveryPod);
            if (isRoad && slot.IsOwner)
            {
                _road.Add(slot);
            }
        }

        LinkNumbers();
        foreach (var shipment in _view.Shipments)
        {
            ReadRoadOf(shipment);
        }

        foreach (var slot in _road)
        {
            if (slot.Data.Exception is not null && !_view.Shipments.Exists(shipment => Covers(slot, shipment)))
            {
                _view.LooseExceptions.Add(ExceptionOf(slot));
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
            foreach (var slot in _road)
            {
                foreach (var shipment in _view.Shipments)
                {
                    if (Covers(slot, shipment))
                    {
                        AddOnce(shipment.Loads, slot.Role == Roles.Tms ? slot.Subject : slot.Link(ReferenceKinds.Load));
                        AddOnce(shipment.Trackings, TrackingOf(slot));
                    }
                }
            }
        }
    }

    private static string? TrackingOf(StateEntry slot) => slot.Role == Roles.Carrier ? slot.Subject : slot.Data.Tracking;

    private static bool Covers(StateEntry slot, ShipmentView shipment)
    {
        foreach (var reference in slot.References ?? [])
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
        foreach (var slot in _road)
        {
            if (!Covers(slot, shipment))
            {
                continue;
            }

            shipment.Carrier ??= slot.Data.Carrier;
            shipment.LastNewsAt = Later(shipment.LastNewsAt, slot.Time);
            switch (slot.Milestone)
            {
                case Milestones.ShipmentEstimate:
                    estimate = estimate is null || StateEntryOrder.IsAfter(slot, estimate) ? slot : estimate;
                    break;
                case Milestones.ShipmentException:
                    shipment.Exceptions.Add(ExceptionOf(slot));
                    break;
                default:
                    shipment.Milestones.Add(MilestoneOf(slot));
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
        foreach (var slot in _road)
        {
            if (slot.Milestone == Milestones.ShipmentAccepted && Covers(slot, shipment))
            {
                accepted = accepted is null || StateEntryOrder.IsAfter(slot, accepted) ? slot : accepted;
            }

            if (slot.Milestone == Milestones.ShipmentDeclined && Covers(slot, shipment))
            {
                declined = declined is null || StateEntryOrder.IsAfter(slot, declined) ? slot : declined;
            }
        }

        var isDeclined = declined is not null && (accepted is null || StateEntryOrder.IsAfter(declined, accepted));
        shipment.AcceptedAt = isDeclined ? null : accepted?.Time;
        shipment.DeclinedAt = isDeclined ? declined!.Time : null;
        shipment.DeclineReason = isDeclined ? declined!.Data.Reason : null;
        shipment.Carrier = accepted?.Data.Carrier ?? shipment.Carrier;
    }

    private static ExceptionView ExceptionOf(StateEntry slot) => new(
        slot.Data.Exception!.Kind, slot.Data.Exception.State == "open", slot.Data.Exception.Reason, slot.Time, slot.Connector, slot.Id, slot.Subject);

    private static DateTimeOffset Later(DateTimeOffset? left, DateTimeOffset right) => left > right ? left.Value : right;
}
