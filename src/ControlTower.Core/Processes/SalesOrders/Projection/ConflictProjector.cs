namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>Facts whose sender reports two contents at one place: somebody must ask it.</summary>
internal static class ConflictProjector
{
    public static List<StateEntry> Project(StateEntries facts)
    {
        var conflicts = new List<StateEntry>();
        foreach (var entry in facts.All)
        {
            if (entry.InConflict)
            {
                conflicts.Add(entry);
            }
        }

        return conflicts;
    }
}
