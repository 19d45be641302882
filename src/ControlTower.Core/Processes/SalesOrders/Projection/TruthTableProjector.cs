using ControlTower.Core.Facts;

namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>The truth table: what each system, witnesses included, reported last, and its figures.</summary>
internal static class TruthTableProjector
{
    public static List<TruthRow> Project(StateEntries facts, SystemFigures figures)
    {
        var rows = new List<TruthRow>();
        foreach (var (system, entry) in LatestBySystem(facts))
        {
            var figure = figures.Of(entry.Role, system);
            rows.Add(new TruthRow(
                system, entry.Role, entry.Milestone, figure.Measure, figure.Quantity, figure.Amount, entry.Time, figure.Differs));
        }

        return rows;
    }

    private static SortedDictionary<string, StateEntry> LatestBySystem(StateEntries facts)
    {
        var latest = new SortedDictionary<string, StateEntry>(StringComparer.Ordinal);
        foreach (var entry in facts.All)
        {
            if (!BuiltInConnectors.IsInternal(entry.Connector)
                && (!latest.TryGetValue(entry.Connector, out var known) || IsMoreRecent(entry, known)))
            {
                latest[entry.Connector] = entry;
            }
        }

        return latest;
    }

    private static bool IsMoreRecent(StateEntry entry, StateEntry known)
    {
        var byTime = entry.Time.CompareTo(known.Time);
        return byTime != 0 ? byTime > 0 : (entry.Sequence ?? 0) > (known.Sequence ?? 0);
    }
}
