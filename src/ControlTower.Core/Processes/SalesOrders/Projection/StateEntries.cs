using System.Runtime.InteropServices;

namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>The current facts of a state as projectors read them. Reading allocates nothing.</summary>
internal readonly struct StateEntries(TransactionState state)
{
    private readonly List<StateEntry> _entries = (List<StateEntry>)state.Entries;

    public ReadOnlySpan<StateEntry> All => CollectionsMarshal.AsSpan(_entries);

    /// <summary>Facts of a milestone whose sender owns it: only these decide.</summary>
    public OwnedEntries Owned(string milestone) => new(WithMilestone(milestone));

    /// <summary>Facts of a milestone, those of witnesses included. The entries are sorted by milestone.</summary>
    public ReadOnlySpan<StateEntry> WithMilestone(string milestone)
    {
        var entries = All;
        var first = FirstOf(entries, milestone);
        var end = first;
        while (end < entries.Length && entries[end].Milestone == milestone)
        {
            end++;
        }

        return entries[first..end];
    }

    private static int FirstOf(ReadOnlySpan<StateEntry> entries, string milestone)
    {
        int low = 0, high = entries.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(entries[middle].Milestone, milestone) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}

/// <summary>Entries without those of witnesses.</summary>
internal readonly ref struct OwnedEntries(ReadOnlySpan<StateEntry> entries)
{
    private readonly ReadOnlySpan<StateEntry> _entries = entries;

    public Enumerator GetEnumerator() => new(_entries);

    public ref struct Enumerator(ReadOnlySpan<StateEntry> entries)
    {
        private readonly ReadOnlySpan<StateEntry> _entries = entries;
        private int _index = -1;

        public readonly StateEntry Current => _entries[_index];

        public bool MoveNext()
        {
            while (++_index < _entries.Length)
            {
                if (_entries[_index].IsOwner)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
