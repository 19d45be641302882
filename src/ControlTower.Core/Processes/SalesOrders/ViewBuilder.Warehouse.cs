using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;

namespace ControlTower.Core.Processes.SalesOrders;

/// <summary>Fulfilment orders: what warehouses were asked for, what they did, and what they took back.</summary>
internal sealed partial class ViewBuilder
{
    private static readonly string[] WarehouseSteps =
    [
        Milestones.FulfilmentAllocated, Milestones.FulfilmentPicked, Milestones.FulfilmentPacked, Milestones.FulfilmentStaged, Milestones.FulfilmentShort,
        Milestones.FulfilmentCancelled, Milestones.FulfilmentCancelRejected,
    ];

    private void ReadFulfilments()
    {
        foreach (var command in _view.Commands)
        {
            if (command is { Kind: CommandKinds.ReleaseFulfilment, Outcome: CommandOutcome.Accepted, ExternalId: { } number })
            {
                var fulfilment = FulfilmentOf(command.System ?? "", number);
                fulfilment.Site ??= command.Slice;
                fulfilment.ReleasedAt ??= command.At;
                foreach (var line in command.Lines ?? [])
                {
                    Add(fulfilment.Lines, line.Line, line.Quantity ?? 0);
                }
            }
        }

        foreach (var step in WarehouseSteps)
        {
            foreach (var entry in All(step))
            {
                if (entry.IsOwner)
                {
                    ReadStep(FulfilmentOf(entry.Connector, entry.Subject), entry);
                }
            }
        }
    }

    private void ReadStep(FulfilmentView fulfilment, StateEntry entry)
    {
        fulfilment.Milestones.Add(MilestoneOf(entry));
        fulfilment.Site ??= entry.Data.Site;
        if (fulfilment.ReleasedAt is null && entry.Milestone is Milestones.FulfilmentAllocated or Milestones.FulfilmentPicked && fulfilment.Lines.Count == 0)
        {
            foreach (var line in entry.Data.Lines ?? [])
            {
                Add(fulfilment.Lines, line.Line, line.Quantity ?? 0);
            }
        }

        switch (entry.Milestone)
        {
            case Milestones.FulfilmentCancelled:
                fulfilment.CancelledAt = entry.Time;
                fulfilment.CancelReason = entry.Data.Reason;
                break;
            case Milestones.FulfilmentCancelRejected:
                fulfilment.CancelRejectedAt = entry.Time;
                fulfilment.CancelReason ??= entry.Data.Reason;
                break;
            default:
                CountStep(fulfilment, entry);
                break;
        }
    }

    private void CountStep(FulfilmentView fulfilment, StateEntry entry)
    {
        foreach (var said in entry.Data.Lines ?? [])
        {
            if (!IsOurs(said) || _view.FindLine(said.Line) is not { } line)
            {
                continue;
            }

            var quantity = said.Quantity ?? 0;
            if (entry.Milestone == Milestones.FulfilmentShort)
            {
                fulfilment.Shorts.Add(said);
            }
            else
            {
                fulfilment.Steps.Add((entry.Milestone, said.Line, quantity));
            }

            switch (entry.Milestone)
            {
                case Milestones.FulfilmentAllocated:
                    line.Allocated += quantity;
                    break;
                case Milestones.FulfilmentPicked:
                    line.Picked += quantity;
                    break;
                case Milestones.FulfilmentPacked:
                    line.Packed += quantity;
                    break;
                case Milestones.FulfilmentStaged:
                    line.Staged += quantity;
                    break;
                case Milestones.FulfilmentShort when said.Then == "cancel":
                    line.ShortCancelled += said.Missing ?? 0;
                    break;
                case Milestones.FulfilmentShort when said.Then == "substitute":
                    line.Substituted += said.Missing ?? 0;
                    break;
                case Milestones.FulfilmentShort:
                    line.Backordered += said.Missing ?? 0;
                    break;
            }
        }
    }

    private FulfilmentView FulfilmentOf(string system, string number)
    {
        // An answer does not always say whose number it is; the facts do.
        var known = _view.Fulfilments.Find(f => f.Number == number && (f.System == system || f.System.Length == 0 || system.Length == 0));
        if (known is null)
        {
            known = new FulfilmentView { System = system, Number = number };
            _view.Fulfilments.Add(known);
        }

        return known;
    }

    /// <summary>Released is what was asked and accepted, less what was confirmed as cancelled.</summary>
    private void CountReleases()
    {
        foreach (var fulfilment in _view.Fulfilments)
        {
            ConfirmCancellation(fulfilment);
            FailGivenUp(fulfilment);
        }

        foreach (var command in _view.Commands)
        {
            if (command is not { Kind: CommandKinds.ReleaseFulfilment, Outcome: CommandOutcome.Accepted })
            {
                continue;
            }

            foreach (var asked in command.Lines ?? [])
            {
                if (_view.FindLine(asked.Line) is { } line)
                {
                    line.Released += asked.Quantity ?? 0;
                }
            }
        }

        foreach (var fulfilment in _view.Fulfilments)
        {
            foreach (var cancelled in fulfilment.Cancelled)
            {
                if (_view.FindLine(cancelled.Line) is { } line)
                {
                    line.Released = Math.Max(0, line.Released - cancelled.Quantity);
                }
            }
        }
    }

    /// <summary>Without lines the whole fulfilment is cancelled, a line without a quantity wholly; what had shipped has shipped.</summary>
    private void ConfirmCancellation(FulfilmentView fulfilment)
    {
        foreach (var entry in All(Milestones.FulfilmentCancelled))
        {
            if (!entry.IsOwner || entry.Subject != fulfilment.Number || (fulfilment.System.Length > 0 && entry.Connector != fulfilment.System))
            {
                continue;
            }

            foreach (var asked in fulfilment.Lines)
            {
                var said = entry.Data.Lines?.FirstOrDefault(line => line.Line == asked.Line);
                var quantity = entry.Data.Lines is null ? asked.Quantity : said is null ? 0 : said.Quantity ?? asked.Quantity;
                quantity = Math.Min(quantity, asked.Quantity - ShippedOf(fulfilment, asked.Line));
                if (quantity > 0)
                {
                    fulfilment.Cancelled.Add(new QuantityView(asked.Line, quantity));
                }
            }
        }
    }

    /// <summary>
    /// A warehouse that gives a whole fulfilment up without being asked could not do what it had accepted: its release had no effect, and a person decides
    /// whether it is tried again.
    /// </summary>
    private void FailGivenUp(FulfilmentView fulfilment)
    {
        var isWhole = fulfilment.Cancelled.Count > 0 && fulfilment.Lines.TrueForAll(line => QuantityOf(fulfilment.Cancelled, line.Line) >= line.Quantity);
        var wasAsked = _view.Commands.Exists(command => command.Kind == CommandKinds.CancelFulfilment && command.Slice == fulfilment.Number);
        if (!isWhole || wasAsked || fulfilment.ReleasedAt is null)
        {
            return;
        }

        foreach (var command in _view.Commands)
        {
            if (command is { Kind: CommandKinds.ReleaseFulfilment, Outcome: CommandOutcome.Accepted } && command.ExternalId == fulfilment.Number)
            {
                command.Outcome = CommandOutcome.Failed;
                command.Reason = fulfilment.CancelReason ?? $"Warehouse gave fulfilment {fulfilment.Number} up";
                command.At = fulfilment.CancelledAt ?? command.At;
            }
        }

        fulfilment.Cancelled.Clear();
    }

    private decimal ShippedOf(FulfilmentView fulfilment, string line)
    {
        var shipped = 0m;
        foreach (var shipment in _view.Shipments)
        {
            if (shipment.ShippedAt is not null && shipment.Fulfilment == fulfilment.Number)
            {
                shipped += shipment.QuantityOf(line);
            }
        }

        return shipped;
    }
}
