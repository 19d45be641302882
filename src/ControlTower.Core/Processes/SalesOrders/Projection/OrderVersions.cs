using System.Globalization;
using ControlTower.Core.Kernel;

namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>Which of the order's snapshots is the current one.</summary>
internal static class OrderVersions
{
    /// <summary>Of accepted and changed the higher version, then the later fact; null without any snapshot.</summary>
    public static StateEntry? Current(StateEntries facts)
    {
        StateEntry? current = null;
        foreach (var entry in facts.Owned(Milestones.OrderAccepted))
        {
            current = Later(current, entry);
        }

        foreach (var entry in facts.Owned(Milestones.OrderChanged))
        {
            current = Later(current, entry);
        }

        return current;
    }

    private static StateEntry? Later(StateEntry? known, StateEntry entry)
    {
        if (entry.Data.Order is not { } snapshot)
        {
            return known;
        }

        if (known?.Data.Order is not { } existing)
        {
            return entry;
        }

        var byVersion = Compare(snapshot.Version, existing.Version);
        return byVersion > 0 || (byVersion == 0 && StateEntryOrder.IsAfter(entry, known)) ? entry : known;
    }

    private static int Compare(string left, string right) =>
        decimal.TryParse(left, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var a)
        && decimal.TryParse(right, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var b)
            ? a.CompareTo(b)
            : string.CompareOrdinal(left, right);
}
