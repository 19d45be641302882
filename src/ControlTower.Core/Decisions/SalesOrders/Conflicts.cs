using ControlTower.Core.Kernel;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Decisions.SalesOrders;

/// <summary>A sender that said two things at one place must be asked which of them stands.</summary>
internal static class Conflicts
{
    public static void Decide(Draft draft)
    {
        foreach (var entry in draft.View.Conflicts)
        {
            draft.Name(new OpenCondition(
                $"{ReasonCodes.ContentConflict}:{entry.Connector}:{entry.Subject}:{entry.Milestone}{(entry.SubKey is { } sub ? ":" + sub : "")}",
                ReasonCodes.ContentConflict, $"{entry.Connector} said {entry.Milestone} of {entry.Subject} twice at one place with different content.", entry.Subject,
                entry.Data.Site, entry.Connector, null, entry.Id, null, entry.Time));
        }
    }
}
