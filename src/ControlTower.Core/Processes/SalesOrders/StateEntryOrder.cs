namespace ControlTower.Core.Processes.SalesOrders;

/// <summary>
/// Which of two facts wins. A total order, so that merging is a maximum and no order of arrival matters: a sequence
/// outranks none, then the higher sequence; without one the later (time, id). Facts of equal order and other content
/// are distinguished by their content's hash.
/// </summary>
internal static class StateEntryOrder
{
    /// <summary>The order of entries in the state.</summary>
    public static int ByKey(StateEntry left, StateEntry right)
    {
        var order = string.CompareOrdinal(left.Milestone, right.Milestone);
        order = order != 0 ? order : string.CompareOrdinal(left.Connector, right.Connector);
        order = order != 0 ? order : string.CompareOrdinal(left.Subject, right.Subject);
        return order != 0 ? order : string.CompareOrdinal(left.SubKey, right.SubKey);
    }

    /// <summary>The order the sender gave: equal means that it reported two contents for one entry.</summary>
    public static int BySender(StateEntry left, StateEntry right)
    {
        if (left.Sequence is { } a && right.Sequence is { } b)
        {
            return a.CompareTo(b);
        }

        if (left.Sequence is null != right.Sequence is null)
        {
            return left.Sequence is null ? -1 : 1;
        }

        var byTime = left.Time.CompareTo(right.Time);
        return byTime != 0 ? byTime : string.CompareOrdinal(left.Id, right.Id);
    }

    /// <summary>The winning entry of two for the same key: commutative, associative, idempotent.</summary>
    public static StateEntry Join(StateEntry left, StateEntry right)
    {
        var bySender = BySender(left, right);
        if (bySender != 0)
        {
            return bySender > 0 ? left : right;
        }

        var winner = Rank(left, right) >= 0 ? left : right;
        var conflict = left.InConflict || right.InConflict || !string.Equals(left.Hash, right.Hash, StringComparison.Ordinal);
        return winner.InConflict == conflict ? winner : winner with { Conflict = 1 };
    }

    /// <summary>
    /// Whether one report comes after another of the same sender about the same subject, across milestones (held and
    /// released). Sequences decide when both have one, else time.
    /// </summary>
    public static bool IsAfter(StateEntry later, StateEntry earlier)
    {
        if (later.Sequence is { } a && earlier.Sequence is { } b && later.Connector == earlier.Connector
            && later.Subject == earlier.Subject && a != b)
        {
            return a > b;
        }

        var byTime = later.Time.CompareTo(earlier.Time);
        return byTime != 0 ? byTime > 0 : string.CompareOrdinal(later.Id, earlier.Id) > 0;
    }

    private static int Rank(StateEntry left, StateEntry right)
    {
        var order = string.CompareOrdinal(left.Hash, right.Hash);
        order = order != 0 ? order : left.Time.CompareTo(right.Time);
        order = order != 0 ? order : string.CompareOrdinal(left.Id, right.Id);
        order = order != 0 ? order : string.CompareOrdinal(left.Role, right.Role);
        return order != 0 ? order : Nullable.Compare(left.TimeFlag, right.TimeFlag);
    }
}
