using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Policies;
using ControlTower.Core.Policies;
using ControlTower.Web.Shared;

namespace ControlTower.Web.Features.Tower;

/// <summary>
/// One snapshot of everything the Tower page shows. Called by <see cref="TowerSnapshots"/> only, once for all who see
/// the same.
/// </summary>
internal sealed class TowerQueries(ITowerDb towers, IPolicyStore policies, TowerClocks clocks) : ITowerReader
{
    private readonly SharedOrders _orders = new(towers, clocks);
    private readonly SharedConnectors _connectors = new(towers);

    /// <summary>
    /// Reads within the view's sites, legal entities and teams: cases, orders and systems concurrently, each on a connection
    /// of its own, as none needs the others. Only the cases are the view's alone.
    /// </summary>
    public async Task<TowerSnapshot> ReadAsync(TowerView view, CancellationToken cancellation)
    {
        var working = TowerCases.ReadAsync(towers, view, clocks.BusinessNow, cancellation);
        var (ordering, connecting) = (_orders.GetAsync(view, cancellation), _connectors.GetAsync(cancellation));
        await Task.WhenAll(working, ordering, connecting);
        var (cases, orders) = (await working, await ordering);
        var limits = (await policies.GetAsync(cancellation)).Approvals;
        return new(
            clocks.SystemNow, clocks.BusinessNow, TowerFlow.Stages(orders.Totals, orders.Slow.Hours), Needs(cases, orders, limits),
            await connecting, Kpis(orders));
    }

    private static TowerNeeds Needs(OpenCases cases, SharedOrders.Reading orders, ApprovalPolicy limits) => new(
        cases.Queues,
        cases.First,
        new(
            orders.Totals.Sum(total => total.OnHold), Sums.For(orders.Totals, total => total.Currency, total => total.Held),
            orders.Slow.HeldOwners),
        orders.Slow.Late,
        orders.Slow.AtRisk,
        orders.Waiting,
        limits,
        cases.Waived);

    private static TowerKpis Kpis(SharedOrders.Reading orders) => new(
        orders.Slow.OrderToShip,
        orders.Slow.LateShare,
        Sums.For(orders.Totals.Where(t => t.Stage != TransactionStage.Cancelled), t => t.Currency, t => t.Amount),
        Sums.For(orders.Totals, t => t.Currency, t => t.Invoiced),
        Sums.For(orders.Totals, t => t.Currency, t => t.Posted),
        Sums.For(orders.Today, t => t.Currency, t => t.Invoiced),
        Sums.For(orders.Today, t => t.Currency, t => t.Posted));
}
