using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Statements;
using ControlTower.Core.Policies;

namespace ControlTower.Core.Engine;

/// <summary>One database transaction of the engine: what its decisions are based on and what it will write.</summary>
/// <param name="AsOf">Business time up to which clocks may fire.</param>
/// <param name="Customers">Those that need not be written again.</param>
/// <param name="SystemNow">Cut to microseconds, as it will be read back.</param>
internal sealed record CycleContext(
    TowerDbContext Db, SystemTopology Topology, PolicySet Policies, DateTimeOffset AsOf, DateTimeOffset SystemNow,
    DateTimeOffset BusinessNow, KnownCustomers Customers)
{
    public EngineWrites Writes { get; } = new();

    public DecisionContext Decision { get; } = new(Policies, Topology, AsOf);
}
