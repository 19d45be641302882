using ControlTower.Core.Facts;
using ControlTower.Core.Kernel.Commands;

namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>Released is what was asked and accepted, less what was confirmed as cancelled.</summary>
internal static class ReleaseTotals
{
    public static void Count(CommercialOrder order, List<CommandView> commands, List<FulfilmentView> fulfilments)
    {
        foreach (var command in commands)
        {
            if (command is { Kind: CommandKinds.ReleaseFulfilment, Outcome: CommandOutcome.Accepted })
            {
                Add(order, command.Lines ?? []);
            }
        }

        foreach (var fulfilment in fulfilments)
        {
            foreach (var cancelled in fulfilment.Cancelled)
            {
                if (order.FindLine(cancelled.Line) is { } line)
                {
                    line.Released = Math.Max(0, line.Released - cancelled.Quantity);
                }
            }
        }
    }

    private static void Add(CommercialOrder order, IReadOnlyList<FactLine> released)
    {
        foreach (var part in released)
        {
            if (order.FindLine(part.Line) is { } line)
            {
                line.Released += part.Quantity ?? 0;
            }
        }
    }
}
