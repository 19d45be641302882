using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;

namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>Fulfilment orders: what warehouses were asked for, and what they report of it.</summary>
internal static class FulfilmentProjector
{
    private static readonly string[] Steps =
    [
        Milestones.FulfilmentAllocated, Milestones.FulfilmentPicked, Milestones.FulfilmentPacked, Milestones.FulfilmentStaged,
        Milestones.FulfilmentShort, Milestones.FulfilmentCancelled, Milestones.FulfilmentCancelRejected,
    ];

    public static List<FulfilmentView> Project(StateEntries facts, CommercialOrder order, List<CommandView> commands)
    {
        var fulfilments = new List<FulfilmentView>();
        foreach (var command in commands)
        {
            if (command is { Kind: CommandKinds.ReleaseFulfilment, Outcome: CommandOutcome.Accepted, ExternalId: { } number })
            {
                AddRelease(FindOrAdd(fulfilments, command.System ?? "", number), command);
            }
        }

        foreach (var step in Steps)
        {
            foreach (var entry in facts.Owned(step))
            {
                AddStep(FindOrAdd(fulfilments, entry.Connector, entry.Subject), entry, order);
            }
        }

        return fulfilments;
    }

    private static FulfilmentView FindOrAdd(List<FulfilmentView> fulfilments, string system, string number)
    {
        foreach (var known in fulfilments)
        {
            // An answer does not always tell whose number it is; the facts do.
            if (known.Number == number && (known.System == system || known.System.Length == 0 || system.Length == 0))
            {
                return known;
            }
        }

        var fulfilment = new FulfilmentView { System = system, Number = number };
        fulfilments.Add(fulfilment);
        return fulfilment;
    }

    private static void AddRelease(FulfilmentView fulfilment, CommandView command)
    {
        fulfilment.Site ??= command.Part;
        fulfilment.ReleasedAt ??= command.At;
        AddLines(fulfilment, command.Lines);
    }

    private static void AddLines(FulfilmentView fulfilment, IReadOnlyList<FactLine>? lines)
    {
        foreach (var line in lines ?? [])
        {
            fulfilment.Lines.Add(line.Line, line.Quantity ?? 0);
        }
    }

    private static void AddStep(FulfilmentView fulfilment, StateEntry entry, CommercialOrder order)
    {
        fulfilment.Milestones.Add(MilestoneView.From(entry));
        fulfilment.Site ??= entry.Data.Site;
        if (fulfilment is { ReleasedAt: null, Lines.Count: 0 }
            && entry.Milestone is Milestones.FulfilmentAllocated or Milestones.FulfilmentPicked)
        {
            AddLines(fulfilment, entry.Data.Lines);
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
                AddQuantities(fulfilment, entry, order);
                break;
        }
    }

    private static void AddQuantities(FulfilmentView fulfilment, StateEntry entry, CommercialOrder order)
    {
        foreach (var line in entry.Data.Lines ?? [])
        {
            if (!order.Includes(line) || order.FindLine(line.Line) is null)
            {
                continue;
            }

            if (entry.Milestone == Milestones.FulfilmentShort)
            {
                fulfilment.Shorts.Add(line);
            }
            else
            {
                fulfilment.Steps.Add((entry.Milestone, line.Line, line.Quantity ?? 0));
            }
        }
    }
}
