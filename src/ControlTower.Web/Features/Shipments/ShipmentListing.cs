using ControlTower.Core.Cases;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Web.Api;
using ControlTower.Web.Features.Transactions;

namespace ControlTower.Web.Features.Shipments;

/// <summary>
/// The one query behind each list and its count. The conditions on stage and health are those of partial indexes: what
/// is read is open or troubled orders, never the whole history.
/// </summary>
internal static class ShipmentListing
{
    private static readonly TimeOrder<TransactionRecord> LatestFirst = new(t => t.UpdatedAt, t => t.Id, newestFirst: true);
    private static readonly TimeOrder<TransactionRecord> EarliestPromise =
        new(t => t.RequestedDelivery!.Value, t => t.Id, newestFirst: false);

    /// <summary>The orders of the filter's list, among those that the rest of it names.</summary>
    public static IQueryable<TransactionRecord> Matching(
        this IQueryable<TransactionRecord> orders, ShipmentFilter filter, Actor actor, TowerDbContext db)
    {
        orders = filter.Carrier is { } carrier ? orders.Where(t => t.Carrier == carrier) : orders;
        return filter.List switch
        {
            ShipmentList.Late => orders.Where(t => t.Stage < TransactionStage.Delivered && t.Late && t.RequestedDelivery != null),
            ShipmentList.AtRisk => orders.Where(t => t.Stage < TransactionStage.Delivered && t.AtRisk && t.RequestedDelivery != null),
            ShipmentList.Silent => orders.WithCase(Cases(db, ReasonCodes.TrackingSilent, filter.Site, actor)),
            ShipmentList.WithoutProof => orders.Where(t => t.DeliveredAt != null)
                .WithCase(Cases(db, ReasonCodes.PodMissing, filter.Site, actor)),
            ShipmentList.WithoutTracking => orders.WithCase(Cases(db, ReasonCodes.TrackingMissing, filter.Site, actor)),
            _ => orders.Where(t => t.Stage < TransactionStage.Delivered && t.ShippedAt != null),
        };
    }

    /// <summary>
    /// Rows from that place on: what is late or at risk by its promise, the earliest first; else the latest changed first.
    /// </summary>
    public static IQueryable<TransactionRecord> From(
        this IQueryable<TransactionRecord> orders, ShipmentList list, TimeCursor? cursor, TowerDbContext db) =>
        (IsByPromise(list) ? EarliestPromise : LatestFirst).From(orders, cursor, db);

    /// <summary>What is counted of a list: no further than <see cref="ShipmentCounts.Most"/>.</summary>
    public static IQueryable<long> Counted(IQueryable<TransactionRecord> matching) =>
        matching.Select(t => t.Id).Take(ShipmentCounts.Most + 1);

    /// <summary>A row's place in its list.</summary>
    public static TimeCursor PlaceOf(ShipmentRow row, ShipmentList list) =>
        new(IsByPromise(list) ? row.RequestedDelivery!.Value : row.UpdatedAt, row.Id);

    private static bool IsByPromise(ShipmentList list) => list is ShipmentList.Late or ShipmentList.AtRisk;

    /// <summary>An order with an open condition is troubled: its index has them all.</summary>
    private static IQueryable<TransactionRecord> WithCase(this IQueryable<TransactionRecord> orders, IQueryable<ExceptionCase> cases) =>
        orders.Where(t => t.Health != TransactionHealth.Ok && cases.Any(c => c.TransactionId == t.Id));

    /// <summary>Unresolved cases of that reason that the actor sees, at that site.</summary>
    private static IQueryable<ExceptionCase> Cases(TowerDbContext db, string reason, string? site, Actor actor)
    {
        var cases = db.Cases.Where(c => c.State < CaseState.Resolved && c.ReasonCode == reason).VisibleTo(db, actor);
        return site is null ? cases : cases.At(db, [site]);
    }
}
