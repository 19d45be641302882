using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Engine;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Policies;
using ControlTower.Core.Persistence.Transactions;

namespace ControlTower.Core.Outbox;

/// <summary>Decides transactions again for the revalidation of their commands, by the policies of this moment.</summary>
internal sealed class RevalidationDecisions(
    IPolicyStore policies, ISystemTopologyStore topology, TransactionLoader loader, StateCache states, TowerClocks clocks)
{
    public async Task<DecisionContext> CreateContextAsync(CancellationToken cancellation) => new(
        await policies.GetAsync(cancellation), await topology.GetAsync(cancellation),
        clocks.BusinessNow - (TowerClocks.FairChance * clocks.Speed));

    /// <summary>Versions of the states that need not be read again.</summary>
    public Dictionary<long, int> CachedVersionsOf(IEnumerable<long> transactions) => states.VersionsOf(transactions);

    /// <summary>
    /// Deciding does not change the state: it goes back into the cache for the engine, which waits for the row's lock.
    /// </summary>
    public async Task<Decision> DecideAsync(
        TowerDbContext db, TransactionRecord transaction, DecisionContext context, CancellationToken cancellation)
    {
        var state = await loader.StateAsync(db, transaction, cancellation);
        var decision = Decider.Decide(state, context);
        states.Put([(transaction, state)]);
        return decision;
    }
}
