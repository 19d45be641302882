using ControlTower.Core.Kernel;

namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>Releases that people granted.</summary>
internal static class ApprovalProjector
{
    public static List<StateEntry> Project(StateEntries facts)
    {
        var approvals = new List<StateEntry>();
        foreach (var entry in facts.Owned(Milestones.ApprovalGranted))
        {
            if (entry.Data.Approval is not null)
            {
                approvals.Add(entry);
            }
        }

        return approvals;
    }
}
