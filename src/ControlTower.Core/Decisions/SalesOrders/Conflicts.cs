using ControlTower.Core.Kernel;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Decisions.SalesOrders;

/// <summary>A sender that said two things at one place must be asked which of them stands.</summary>
internal static class Conflicts
{
    public static void Decide(Draft draft)
    {
        foreach (var slot in draft.View.Conflicts)
        {
            draft.Name(new OpenCondition(
                $"{ReasonCodes.ContentConflict}:{slot.Connector}:{slot.Subject}:{slot.Milestone}{(slot.SubKey is { } sub ? ":" + sub : "")}",
                ReasonCodes.ContentConflict, $"{slot.Connector} said {slot.Milestone} of {slot.Subject} twice at one place with different content.", slot.Subject,
                slot.Data.Site, slot.Connector, null, slot.Id, null, slot.Time));
        }
    }
}
