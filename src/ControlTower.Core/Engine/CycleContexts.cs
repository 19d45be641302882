using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Policies;

namespace ControlTower.Core.Engine;

/// <summary>
/// Reads what the decisions of one database transaction of the engine are based on: topology, policies and clocks of
/// one moment.
/// </summary>
internal sealed class CycleContexts(
    ISystemTopologyStore topologies, IPolicyStore policies, AsOfClock asOfClock, TowerClocks clocks, KnownCustomers customers)
{
    public async Task<CycleContext> CreateAsync(TowerDbContext db, CancellationToken cancellation) => new(
        db,
        await topologies.GetAsync(cancellation),
        await policies.GetAsync(cancellation),
        await asOfClock.ReadAsync(db, cancellation),
        UtcMicroseconds.Cut(clocks.SystemNow),
        UtcMicroseconds.Cut(clocks.BusinessNow),
        customers);
}
