using ControlTower.Core.Kernel;

namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>What the warehouse did with a line, and what it did not find.</summary>
internal static class WarehouseTotals
{
    public static void Count(CommercialOrder order, FulfilmentView fulfilment)
    {
        foreach (var (milestone, number, quantity) in fulfilment.Steps)
        {
            if (order.FindLine(number) is { } line)
            {
                Add(line, milestone, quantity);
            }
        }

        foreach (var missing in fulfilment.Shorts)
        {
            if (order.FindLine(missing.Line) is { } line)
            {
                AddShort(line, missing.Then, missing.Missing ?? 0);
            }
        }
    }

    private static void Add(LineView line, string milestone, decimal quantity)
    {
        switch (milestone)
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
        }
    }

    private static void AddShort(LineView line, string? then, decimal missing)
    {
        switch (then)
        {
            case "cancel":
                line.ShortCancelled += missing;
                break;
            case "substitute":
                line.Substituted += missing;
                break;
            default:
                line.Backordered += missing;
                break;
        }
    }
}
