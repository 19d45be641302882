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
    /// <summary>Where orders without a promise come among the promises.</summary>
    private static readonly DateTimeOffset Never = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly RowOrder<TransactionRecord> LatestFirst =
        RowOrder.ByTime<TransactionRecord>(t => t.UpdatedAt, t => t.Id, newestFirst: true);

    private static readonly RowOrder<TransactionRecord> EarliestPromise =
        RowOrder.ByTime<TransactionRecord>(t => t.RequestedDelivery ?? Never, t => t.Id, newestFirst: false);

    /// <summary>The orders of the filter's list, among those that the rest of it names.</summary>
    public static IQueryable<TransactionRecord> Matching(
        this IQueryable<TransactionRecord> orders, ShipmentFilter filter, Actor actor, TowerDbContext db)
    {
        orders = filter.Carrier is { } carrier ? orders.Where(t => t.Carrier == carrier) : orders;
        orders = filter.From is { } from ? orders.Where(t => t.RequestedDelivery >= from) : orders;
        orders = filter.To is { } to ? orders.Where(t => t.RequestedDelivery < to) : orders;
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

    /// <summary>Rows from that place on: open or troubled orders are few enough to sort by a promise that no index has.</summary>
    public static IQueryable<TransactionRecord> From(
        this IQueryable<TransactionRecord> orders, ShipmentSort sort, RowCursor? cursor, TowerDbContext db) =>
        (sort == ShipmentSort.Promise ? EarliestPromise : LatestFirst).From(orders, cursor, db);

    /// <summary>What is counted of a list: no further than <see cref="ShipmentCounts.Most"/>.</summary>
    public static IQueryable<long> Counted(IQueryable<TransactionRecord> matching) =>
        matching.Select(t => t.Id).Take(ShipmentCounts.Most + 1);

    /// <summary>A row's place in a list of that order.</summary>
    public static RowCursor PlaceOf(ShipmentRow row, ShipmentSort sort) => RowCursor.At(
        ChoiceText.For(sort), sort == ShipmentSort.Promise ? row.RequestedDelivery ?? Never : row.UpdatedAt, row.Id);

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
