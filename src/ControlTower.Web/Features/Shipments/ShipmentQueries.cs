using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Web.Api;
using ControlTower.Web.Features.Shipments.Peek;
using ControlTower.Web.Features.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Shipments;

/// <summary>
/// Lists of orders by their shipments. Which orders is decided by columns and open cases; the shipments themselves are
/// in the stored state, which is read for the rows of one page only.
/// </summary>
internal sealed class ShipmentQueries(
    ITowerDb towers, ISystemTopologyStore topology, SharedShipmentCounts counts, ShipmentPeeks peeks) : IShipmentLists
{
    /// <summary>A choice of more carriers would not be one.</summary>
    private const int MostCarriers = 100;

    /// <inheritdoc/>
    public async Task<ShipmentPage> ListAsync(
        ShipmentFilter filter, Actor actor, RowCursor? cursor, int limit, CancellationToken cancellation)
    {
        await using var db = towers.CreateReader();
        var matching = await MatchingAsync(db, filter, actor, cancellation);
        var rows = await RowsAsync(matching.From(filter.Order, cursor, db).Take(limit + 1), filter, db, cancellation);
        var (shown, previous, next) = Page.Around(rows, limit, cursor, row => ShipmentListing.PlaceOf(row, filter.Order));
        return new ShipmentPage(shown, previous, next);
    }

    /// <inheritdoc/>
    public Task<ShipmentCounts> CountsAsync(ShipmentFilter filter, Actor actor, CancellationToken cancellation) =>
        counts.GetAsync(filter, actor, cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ShipmentRow>> RowsOfAsync(
        IReadOnlyCollection<long> ids, ShipmentFilter filter, Actor actor, CancellationToken cancellation)
    {
        await using var db = towers.CreateReader();
        var wanted = ids.ToArray();
        var records = db.Transactions.AsNoTracking().Where(t => wanted.Contains(t.Id)).VisibleTo(actor, db);
        return await RowsAsync(records, filter, db, cancellation);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> CarriersAsync(Actor actor, CancellationToken cancellation)
    {
        await using var db = towers.CreateReader();
        return await Carriers(db, actor).ToListAsync(cancellation);
    }

    /// <inheritdoc/>
    public Task<ShipmentPeek?> PeekAsync(string key, Actor actor, CancellationToken cancellation) =>
        peeks.FindAsync(key, actor, cancellation);

    internal static IQueryable<string> Carriers(TowerDbContext db, Actor actor) =>
        db.Transactions.Where(t => t.Stage < TransactionStage.Posted && t.Carrier != null).VisibleTo(actor, db)
            .Select(t => t.Carrier!).Distinct().OrderBy(carrier => carrier).Take(MostCarriers);

    /// <summary>The visible orders that the whole filter names; numbers are searched as in every list of transactions.</summary>
    private static async Task<IQueryable<TransactionRecord>> MatchingAsync(
        TowerDbContext db, ShipmentFilter filter, Actor actor, CancellationToken cancellation) =>
        (await TransactionQueries.MatchingAsync(db, filter.Common, actor, cancellation)).Matching(filter, actor, db);

    private async Task<List<ShipmentRow>> RowsAsync(
        IQueryable<TransactionRecord> records, ShipmentFilter filter, TowerDbContext db, CancellationToken cancellation)
    {
        var rows = await records.Select(t => new { Row = new ShipmentRow(
            t.Key, t.OrderNumber, t.CustomerName ?? t.CustomerId, t.Carrier, Array.Empty<string>(), t.Region, t.Stage, t.Health, t.Late,
            t.AtRisk, t.RequestedDelivery, t.UpdatedAt, t.Id), t.State }).ToListAsync(cancellation);
        var ids = rows.Select(row => row.Row.Id).ToArray();
        var sites = (await db.TransactionSites.AsNoTracking().Where(s => ids.Contains(s.TransactionId)).ToListAsync(cancellation))
            .ToLookup(s => s.TransactionId, s => s.Site);
        var current = await topology.GetAsync(cancellation);
        return [.. rows.Select(row => row.Row with
        {
            Sites = [.. sites[row.Row.Id].Order(StringComparer.Ordinal)],
            Shipments = ShipmentItems.From(row.State, current, filter),
        })];
    }
}
