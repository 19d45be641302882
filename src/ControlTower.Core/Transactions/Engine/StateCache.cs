namespace ControlTower.Core.Transactions;

/// <summary>
/// The states that this process merged last, so that a busy order's is not read and parsed again with every fact. A state is good for exactly one version
/// of its row. It is taken out while it is worked on and put back after the commit: what a failed cycle did to it is forgotten.
/// </summary>
internal sealed class StateCache
{
    /// <summary>States in each of two generations; some 30 KB each.</summary>
    private const int GenerationSize = 1500;
    private readonly Lock _gate = new();
    private Dictionary<long, (int Version, TransactionState State)> _young = [];
    private Dictionary<long, (int Version, TransactionState State)> _old = [];

    /// <summary>Which of these are here, at which version.</summary>
    public Dictionary<long, int> VersionsOf(IEnumerable<long> ids)
    {
        var versions = new Dictionary<long, int>();
        lock (_gate)
        {
            foreach (var id in ids)
            {
                if (_young.TryGetValue(id, out var held) || _old.TryGetValue(id, out held))
                {
                    versions[id] = held.Version;
                }
            }
        }

        return versions;
    }

    /// <summary>Takes the state of that version out; null when it is not here.</summary>
    public TransactionState? Take(long id, int version)
    {
        lock (_gate)
        {
            return (_young.Remove(id, out var held) || _old.Remove(id, out held)) && held.Version == version ? held.State : null;
        }
    }

    /// <summary>After the commit, for those whose row is locked no more.</summary>
    public void Put(IEnumerable<TransactionUnit> units)
    {
        lock (_gate)
        {
            foreach (var unit in units)
            {
                _old.Remove(unit.Record.Id);
                _young[unit.Record.Id] = (unit.Record.Version, unit.State);
            }

            if (_young.Count > GenerationSize)
            {
                (_old, _young) = (_young, []);
            }
        }
    }
}
