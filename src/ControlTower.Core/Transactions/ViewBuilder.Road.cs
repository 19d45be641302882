using ControlTower.Core.Canonical;
using ControlTower.Core.Decisions;

namespace ControlTower.Core.Transactions;

/// <summary>What the TMS and carriers say, brought home to the shipments that their numbers cover.</summary>
internal sealed partial class ViewBuilder
{
    private readonly List<Slot> _road = [];

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

    private static string? TrackingOf(Slot slot) => slot.Role == Roles.Carrier ? slot.Subject : slot.Data.Tracking;

    private static bool Covers(Slot slot, ShipmentView shipment)
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
        Slot? estimate = null;
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
                    estimate = estimate is null || SlotOrder.IsAfter(slot, estimate) ? slot : estimate;
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
        Slot? accepted = null, declined = null;
        foreach (var slot in _road)
        {
            if (slot.Milestone == Milestones.ShipmentAccepted && Covers(slot, shipment))
            {
                accepted = accepted is null || SlotOrder.IsAfter(slot, accepted) ? slot : accepted;
            }

            if (slot.Milestone == Milestones.ShipmentDeclined && Covers(slot, shipment))
            {
                declined = declined is null || SlotOrder.IsAfter(slot, declined) ? slot : declined;
            }
        }

        var isDeclined = declined is not null && (accepted is null || SlotOrder.IsAfter(declined, accepted));
        shipment.AcceptedAt = isDeclined ? null : accepted?.Time;
        shipment.DeclinedAt = isDeclined ? declined!.Time : null;
        shipment.DeclineReason = isDeclined ? declined!.Data.Reason : null;
        shipment.Carrier = accepted?.Data.Carrier ?? shipment.Carrier;
    }

    /// <summary>
    /// The milestone for the whole of a shipment: said of the shipment or its load, or of every tracking number and parcel it has. Its time is
    /// that of the last part. Null while a part is missing.
    /// </summary>
    private MilestoneView? Whole(ShipmentView shipment, string milestone)
    {
        var parts = PartsOf(shipment, milestone);
        if (parts is null)
        {
            return null;
        }

        var last = parts[0];
        foreach (var part in parts)
        {
            last = part.Time > last.Time ? part : last;
        }

        return MilestoneOf(last);
    }

    /// <summary>The facts that together cover a shipment, one for each part; null while they do not.</summary>
    private List<Slot>? PartsOf(ShipmentView shipment, string milestone)
    {
        Slot? whole = null;
        var parts = new List<Slot>(1);
        foreach (var slot in _road)
        {
            if (slot.Milestone != milestone || !Covers(slot, shipment))
            {
                continue;
            }

            if (TrackingOf(slot) is not { } tracking)
            {
                whole = Preferred(whole, slot);
                continue;
            }

            var index = parts.FindIndex(part => TrackingOf(part) == tracking);
            if (index < 0)
            {
                parts.Add(slot);
            }
            else
            {
                parts[index] = Preferred(parts[index], slot);
            }
        }

        return parts.Count > 0 && AreComplete(shipment, parts) ? parts : whole is null ? null : [whole];
    }

    /// <summary>The carrier's own word before its TMS's, that before a person's; of equals the earlier.</summary>
    private static Slot Preferred(Slot? standing, Slot other)
    {
        if (standing is null)
        {
            return other;
        }

        var byRole = Nearness(standing.Role).CompareTo(Nearness(other.Role));
        return byRole != 0 ? (byRole < 0 ? standing : other) : other.Time < standing.Time ? other : standing;
    }

    private static int Nearness(string role) => role switch
    {
        Roles.Carrier => 0,
        Roles.Tms => 1,
        _ => 2,
    };

    private static bool AreComplete(ShipmentView shipment, List<Slot> parts)
    {
        // One parcel travels under one number, however many systems gave it one.
        if (shipment.Parcels.Count == 1 || shipment.Trackings.Count <= 1)
        {
            return shipment.Parcels.Count <= 1 || ParcelsAreCovered(shipment, parts);
        }

        return shipment.Trackings.TrueForAll(tracking => parts.Exists(part => TrackingOf(part) == tracking)) && ParcelsAreCovered(shipment, parts);
    }

    /// <summary>A fact that lists no parcels speaks of all that its number covers.</summary>
    private static bool ParcelsAreCovered(ShipmentView shipment, List<Slot> parts) =>
        parts.Exists(part => part.Data.Parcels is not { Count: > 0 })
        || shipment.Parcels.TrueForAll(parcel => parts.Exists(part => part.Data.Parcels!.Contains(parcel)));

    private ProofView? ProofOf(ShipmentView shipment)
    {
        if (PartsOf(shipment, Milestones.DeliveryPod) is not { } parts)
        {
            return null;
        }

        var last = parts.MaxBy(part => part.Time)!;
        return new ProofView(
            last.Time, last.Connector, last.Id, last.Data.Pod?.SignedBy, last.Data.Pod?.Document,
            shipment.Lines.ConvertAll(line => ProofLineOf(line, parts)));
    }

    /// <summary>A proof without lines speaks of the whole of its document: what other parts did not present was delivered.</summary>
    private static ProofLineView ProofLineOf(QuantityView shipped, List<Slot> parts)
    {
        decimal delivered = 0, refused = 0, damaged = 0;
        var isOpenEnded = false;
        foreach (var part in parts)
        {
            isOpenEnded |= part.Data.Pod?.Lines is null;
            foreach (var line in part.Data.Pod?.Lines ?? [])
            {
                if (line.Line == shipped.Line)
                {
                    delivered += line.Delivered;
                    refused += line.Refused;
                    damaged += line.Damaged;
                }
            }
        }

        delivered = isOpenEnded ? Math.Max(delivered, shipped.Quantity - refused) : delivered;
        return new ProofLineView(shipped.Line, delivered, refused, damaged);
    }

    private static ExceptionView ExceptionOf(Slot slot) => new(
        slot.Data.Exception!.Kind, slot.Data.Exception.State == "open", slot.Data.Exception.Reason, slot.Time, slot.Connector, slot.Id, slot.Subject);

    private static DateTimeOffset Later(DateTimeOffset? left, DateTimeOffset right) => left > right ? left.Value : right;
}
