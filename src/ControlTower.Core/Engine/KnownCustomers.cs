using System.Collections.Concurrent;
using ControlTower.Core.Persistence.Transactions;

namespace ControlTower.Core.Engine;

/// <summary>
/// Customers whose search texts this process has stored: another order of theirs costs one row. Only those of committed cycles,
/// because a cycle that is undone has stored nothing.
/// </summary>
internal sealed class KnownCustomers
{
    /// <summary>A few megabytes; then it is emptied, and each is written once more.</summary>
    private const int Most = 100_000;

    private readonly ConcurrentDictionary<long, bool> _known = [];

    public bool Contains(long customer) => _known.ContainsKey(customer);

    public void Add(IReadOnlyCollection<CustomerLink> committed)
    {
        if (_known.Count + committed.Count > Most)
        {
            _known.Clear();
        }

        foreach (var link in committed)
        {
            _known[link.Customer] = true;
        }
    }
}
