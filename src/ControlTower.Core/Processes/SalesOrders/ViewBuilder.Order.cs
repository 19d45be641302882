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
        foreach (var entry in All(Milestones.OrderAccepted))
        {
            if (entry.IsOwner)
            {
                _view.AcceptedAt ??= entry.Time;
                Offer(entry);
            }
        }

        foreach (var entry in All(Milestones.OrderChanged))
        {
            Offer(entry);
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
                DeliveryIsReported = topology.IsReported(Milestones.ShipmentDelivered, line.Site, order.LegalEntity)
                    || topology.IsReported(Milestones.DeliveryPod, line.Site, order.LegalEntity),
            });
        }

        ReadCancellation();
    }

    /// <summary>Of accepted and changed, the higher version stands, then the later statement.</summary>
    private void Offer(StateEntry entry)
    {
        if (!entry.IsOwner || entry.Data.Order is not { } offered)
        {
            return;
        }

        if (_orderSlot?.Data.Order is not { } existing)
        {
            _orderSlot = entry;
            return;
        }

        var byVersion = CompareVersions(offered.Version, existing.Version);
        if (byVersion > 0 || (byVersion == 0 && StateEntryOrder.IsAfter(entry, _orderSlot)))
        {
            _orderSlot = entry;
        }
    }

    private static int CompareVersions(string left, string right) =>
        decimal.TryParse(left, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var a)
        && decimal.TryParse(right, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var b)
            ? a.CompareTo(b)
            : string.CompareOrdinal(left, right);

    private void ReadCancellation()
    {
        foreach (var entry in All(Milestones.OrderCancelled))
        {
            if (!entry.IsOwner || entry.Connector != _view.ErpSystem)
            {
                continue;
            }

            if (entry.Data.Lines is null)
            {
                _view.CancelledAt = entry.Time;
                _view.CancelReason = entry.Data.Reason;
                _view.Lines.ForEach(line => line.Cancelled = line.Ordered);
            }
            else if (StateEntryOrder.IsAfter(entry, _orderSlot!))
            {
                // A later snapshot of the order already counts what was taken out of it.
                CancelLines(entry);
            }
        }
    }

    private void CancelLines(StateEntry entry)
    {
        _view.CancelReason ??= entry.Data.Reason;
        foreach (var cancelled in entry.Data.Lines!)
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
