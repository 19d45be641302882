using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Policies;
using ControlTower.Web.Features.Approvals;
using ControlTower.Web.Features.Audit;
using ControlTower.Web.Features.Connectors.Detail;
using ControlTower.Web.Features.Exceptions;
using ControlTower.Web.Features.Shipments;
using ControlTower.Web.Features.Transactions;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Benchmarks.Lists;

/// <summary>Reads what stands beside the lists: their other orders, totals and charts, and the counts of shipments.</summary>
internal sealed class FiguresMeasure(ServiceProvider services, ListsOptions options, Times times)
{
    private const int PageSize = 50;

    private readonly ITowerDb _db = services.GetRequiredService<ITowerDb>();
    private readonly TowerClocks _clocks = services.GetRequiredService<TowerClocks>();

    public async Task RunAsync(string name, Actor actor)
    {
        await OrdersAsync(name, actor);
        await TotalsAsync(name, actor);
        await ChartsAsync(name, actor);
        await ShipmentsAsync(name, actor);
    }

    private async Task OrdersAsync(string name, Actor actor)
    {
        foreach (var sort in Enum.GetValues<TransactionSort>())
        {
            var filter = new TransactionFilter(Held: sort == TransactionSort.MostHeld, Sort: sort);
            await times.MeasureAsync("transactions, another order", $"{name}: {sort}", options.Rounds,
                () => new TransactionQueries(_db).ListAsync(filter, actor, null, PageSize, default));
        }
    }

    private async Task TotalsAsync(string name, Actor actor)
    {
        TransactionFilter[] filters =
            [new(), new(Open: true), new(Held: true), new(NeedsAttention: true), new(Open: true, Site: "S10"), new(Open: true, Late: true)];
        foreach (var filter in filters)
        {
            await times.MeasureAsync("transactions, totals", $"{name}: {filter}", options.Rounds,
                () => new TransactionTotals(_db).ReadAsync(filter, actor));
        }

        await times.MeasureAsync("approvals, totals", name, options.Rounds,
            () => new ApprovalQueries(_db, services.GetRequiredService<IPolicyStore>()).DecidedTotalAsync(new(null), actor));
        await times.MeasureAsync("audit, totals", name, options.Rounds, () => new AuditQueries(_db).TotalAsync(new(), actor));
    }

    private async Task ChartsAsync(string name, Actor actor)
    {
        var unresolved = new CaseFilter { States = CaseFilter.Unresolved };
        await times.MeasureAsync("exceptions, chart of ages", name, options.Rounds,
            () => new CaseQueries(_db).AgesAsync(unresolved, actor, _clocks.BusinessNow));
        await times.MeasureAsync("a connector's charts", name, options.Rounds,
            () => new ConnectorHoursQuery(_db, _clocks).ReadAsync("wms", default));
    }

    // The rows of a list of shipments are read from the stored state, which the loaded transactions have in size only.
    private async Task ShipmentsAsync(string name, Actor actor)
    {
        await times.MeasureAsync("shipments, counts of lists", name, options.Rounds,
            () => new SharedShipmentCounts(_db).GetAsync(ShipmentFilter.All, actor, default));
    }
}
