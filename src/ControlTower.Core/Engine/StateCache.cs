using ControlTower.Core.Persistence.Transactions;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Engine;

/// <summary>
/// The states that this process merged last, so that a busy order's state is not read and parsed again with every fact.
/// A state is valid for exactly one version of its row. It is taken out while it is worked on and put back after the
/// commit: changes of a failed cycle are dropped.
/// </summary>
internal sealed class StateCache
{
    /// <summary>States in each of two generations; some 30 KB each.</summary>
    private const int GenerationSize = 1500;
    private readonly Lock _gate = new();
    private Dictionary<long, (int Version, TransactionState State)> _young = [];
    private Dictionary<long, (int Version, TransactionState State)> _old = [];

    /// <summary>Which of these are cached, at which version.</summary>
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

    /// <summary>Takes the state of that version out; null when it is not cached.</summary>
    public TransactionState? Take(long id, int version)
    {
        lock (_gate)
        {
            return (_young.Remove(id, out var held) || _old.Remove(id, out held)) && held.Version == version ? held.State : null;
        }
    }

    /// <summary>For rows that are still locked and stay as they are, or, where they change, after the commit.</summary>
    public void Put(IEnumerable<(TransactionRecord Record, TransactionState State)> merged)
    {
        lock (_gate)
        {
            foreach (var (record, state) in merged)
            {
                _old.Remove(record.Id);
                _young[record.Id] = (record.Version, state);
            }

            if (_young.Count > GenerationSize)
            {
                (_old, _young) = (_young, []);
            }
        }
    }
}
