using ControlTower.Core.Kernel;

namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>The ERP's holds, each with its release.</summary>
internal static class HoldProjector
{
    public static List<HoldView> Project(StateEntries facts)
    {
        var holds = new List<HoldView>();
        foreach (var held in facts.Owned(Milestones.OrderHeld))
        {
            if (held.Data.Hold is { Stops: not null } hold)
            {
                holds.Add(new HoldView(
                    hold.Id, held.Connector, hold.Code ?? "", hold.Reason, hold.Stops, hold.Lines, held.Time,
                    ReleaseOf(facts, held)?.Time));
            }
        }

        return holds;
    }

    /// <summary>The release that lifted a hold: of the same id, and after it.</summary>
    private static StateEntry? ReleaseOf(StateEntries facts, StateEntry held)
    {
        foreach (var released in facts.Owned(Milestones.OrderReleased))
        {
            if (released.Connector == held.Connector && released.SubKey == held.SubKey && !StateEntryOrder.IsAfter(held, released))
            {
                return released;
            }
        }

        return null;
    }
}
