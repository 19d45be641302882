using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Web.Api;

namespace ControlTower.Web.Features.Transactions;

/// <summary>The one query behind a list and its count: a filter over rows, and paging by key in the form each
/// database's index serves.</summary>
internal static class TransactionListing
{
    private static readonly RowOrder<TransactionRecord> LatestFirst =
        RowOrder.ByTime<TransactionRecord>(t => t.UpdatedAt, t => t.Id, newestFirst: true);

    private static readonly RowOrder<TransactionRecord> UnchangedFirst =
        RowOrder.ByTime<TransactionRecord>(t => t.UpdatedAt, t => t.Id, newestFirst: false);

    private static readonly RowOrder<TransactionRecord> MostHeldFirst = RowOrder.ByAmount<TransactionRecord>(t => t.Held, t => t.Id);

    /// <summary>Everything of the filter but its search, which <see cref="TransactionSearch"/> resolves first.</summary>
    public static IQueryable<TransactionRecord> Matching(
        this IQueryable<TransactionRecord> rows, TransactionFilter filter, TowerDbContext db)
    {
        rows = filter.Stage is { } stage ? rows.Where(t => t.Stage == stage) : rows;
        rows = filter.Health is { } health ? rows.Where(t => t.Health == health) : rows;
        rows = filter.NeedsAttention ? rows.Where(t => t.Health != TransactionHealth.Ok) : rows;
        rows = filter.Held
            ? rows.Where(t => t.Health >= TransactionHealth.Held && (t.Health == TransactionHealth.Held || t.Held > 0))
            : rows;
        rows = filter.Undelivered ? rows.Where(t => t.Stage < TransactionStage.Delivered) : rows;
        rows = filter.Open ? rows.Where(t => t.Stage < TransactionStage.Posted) : rows;
        rows = filter.Site is { } site ? rows.Where(t => db.TransactionSites.Any(s => s.TransactionId == t.Id && s.Site == site)) : rows;
        rows = filter.Region is { } region ? rows.Where(t => t.Region == region) : rows;
        rows = filter.UpdatedAfter is { } after ? rows.Where(t => t.UpdatedAt > after) : rows;
        rows = filter.From is { } from ? rows.Where(t => t.UpdatedAt >= from) : rows;
        rows = filter.To is { } to ? rows.Where(t => t.UpdatedAt < to) : rows;

        // The flags as constants: only then SQL Server reads the indexes of these orders alone.
        rows = filter.AtRisk switch { true => rows.Where(t => t.AtRisk), false => rows.Where(t => !t.AtRisk), null => rows };
        return filter.Late switch { true => rows.Where(t => t.Late), false => rows.Where(t => !t.Late), null => rows };
    }

    /// <summary>Rows from that place on, in list order, or in the opposite order when the cursor looks back.</summary>
    public static IQueryable<TransactionRecord> From(
        this IQueryable<TransactionRecord> rows, RowCursor? cursor, TowerDbContext db, TransactionSort sort = TransactionSort.Latest) =>
        Order(sort).From(rows, cursor, db);

    /// <summary>A row's place in a list of that order.</summary>
    public static RowCursor PlaceOf(TransactionRow row, TransactionSort sort) => sort == TransactionSort.MostHeld
        ? new RowCursor(ChoiceText.For(sort), row.Held, row.Id)
        : RowCursor.At(ChoiceText.For(sort), row.UpdatedAt, row.Id);

    private static RowOrder<TransactionRecord> Order(TransactionSort sort) => sort switch
    {
        TransactionSort.LongestUnchanged => UnchangedFirst,
        TransactionSort.MostHeld => MostHeldFirst,
        _ => LatestFirst,
    };
}
