namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>Every number under which the order can be found.</summary>
internal static class IdentifierProjector
{
    public static List<string> Project(StateEntries facts, CommercialOrder order)
    {
        var identifiers = new List<string>();
        if (order.Snapshot is { } snapshot)
        {
            identifiers.Add(snapshot.Number);
        }

        foreach (var entry in facts.All)
        {
            for (var i = 0; i < entry.References?.Count; i++)
            {
                identifiers.AddOnce(entry.References[i].Value);
            }
        }

        return identifiers;
    }
}
