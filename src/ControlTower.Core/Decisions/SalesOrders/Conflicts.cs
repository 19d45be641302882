using ControlTower.Core.Kernel;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Decisions.SalesOrders;

/// <summary>
/// A sender that reported two different contents for one state entry must clarify which of them is valid.
/// </summary>
internal static class Conflicts
{
    public static void Decide(Draft draft)
    {
        foreach (var entry in draft.View.Conflicts)
        {
            draft.Name(new OpenCondition(
                $"{ReasonCodes.ContentConflict}"
                    + $":{entry.Connector}:{entry.Subject}:{entry.Milestone}{(entry.SubKey is { } sub ? ":" + sub : "")}",
                ReasonCodes.ContentConflict,
                $"{entry.Connector} reported {entry.Milestone} of {entry.Subject} twice with different content.", entry.Subject,
                entry.Data.Site, entry.Connector, null, entry.Id, null, entry.Time));
        }
    }
}
