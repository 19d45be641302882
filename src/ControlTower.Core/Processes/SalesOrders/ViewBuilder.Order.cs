using System.Globalization;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;

namespace ControlTower.Core.Processes.SalesOrders;

/// <summary>The commercial side: the order as it stands, what of it was cancelled, and the ERP's holds.</summary>
internal sealed partial class ViewBuilder
{
    private StateEntry? _orderSlot;

    private void ReadOrder()
    {
        foreach (var slot in All(Milestones.OrderAccepted))
        {
            if (slot.IsOwner)
            {
                _view.AcceptedAt ??= slot.Time;
                Offer(slot);
            }
        }

        foreach (var slot in All(Milestones.OrderChanged))
        {
            Offer(slot);
        }

        if (_orderSlot is not { Data.Order: { } order })
        {
            return;
        }

        _view.Order = order;
        _view.ErpSystem = _orderSlot.Connector;
        foreach (var line in order.Lines)
        {
            _view.Lines.Add(new LineView
            {
                Line = line.Line,
                Item = line.Item,
                Description = line.Description,
                Unit = line.Unit,
                Site = line.Site,
                UnitPrice = line.UnitPrice,
                Amount = line.Amount,
                Ordered = line.Quantity,
                DeliveryIsReported = landscape.IsReported(Milestones.ShipmentDelivered, line.Site, order.LegalEntity)
                    || landscape.IsReported(Milestones.DeliveryPod, line.Site, order.LegalEntity),
            });
        }

        ReadCancellation();
    }

    /// <summary>Of accepted and changed, the higher version stands, then the later statement.</summary>
    private void Offer(StateEntry slot)
    {
        if (!slot.IsOwner || slot.Data.Order is not { } offered)
        {
            return;
        }

        if (_orderSlot?.Data.Order is not { } standing)
        {
            _orderSlot = slot;
            return;
        }

        var byVersion = CompareVersions(offered.Version, standing.Version);
        if (byVersion > 0 || (byVersion == 0 && StateEntryOrder.IsAfter(slot, _orderSlot)))
        {
            _orderSlot = slot;
        }
    }

    private static int CompareVersions(string left, string right) =>
        decimal.TryParse(left, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var a)
        && decimal.TryParse(right, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var b)
            ? a.CompareTo(b)
            : string.CompareOrdinal(left, right);

    private void ReadCancellation()
    {
        foreach (var slot in All(Milestones.OrderCancelled))
        {
            if (!slot.IsOwner || slot.Connector != _view.ErpSystem)
            {
                continue;
            }

            if (slot.Data.Lines is null)
            {
                _view.CancelledAt = slot.Time;
                _view.CancelReason = slot.Data.Reason;
                _view.Lines.ForEach(line => line.Cancelled = line.Ordered);
            }
            else if (StateEntryOrder.IsAfter(slot, _orderSlot!))
            {
                // A later snapshot of the order already counts what was taken out of it.
                CancelLines(slot);
            }
        }
    }

    private void CancelLines(StateEntry slot)
    {
        _view.CancelReason ??= slot.Data.Reason;
        foreach (var cancelled in slot.Data.Lines!)
        {
            if (_view.FindLine(cancelled.Line) is { } line)
            {
                line.Cancelled = Math.Max(line.Cancelled, Math.Min(line.Ordered, cancelled.Quantity ?? line.Ordered));
            }
        }
    }

    private void ReadHolds()
    {
        foreach (var held in All(Milestones.OrderHeld))
        {
            if (!held.IsOwner || held.Data.Hold is not { Stops: not null } hold)
            {
                continue;
            }

            _view.Holds.Add(new HoldView(
                hold.Id, held.Connector, hold.Code ?? "", hold.Reason, hold.Stops, hold.Lines, held.Time, ReleaseOf(held)?.Time));
        }
    }

    /// <summary>The release that lifted a hold: of the same id, and said after it.</summary>
    private StateEntry? ReleaseOf(StateEntry held)
    {
        foreach (var released in All(Milestones.OrderReleased))
        {
            if (released.IsOwner && released.Connector == held.Connector && released.SubKey == held.SubKey && !StateEntryOrder.IsAfter(held, released))
            {
                return released;
            }
        }

        return null;
    }
}
