using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Transactions;

/// <summary>The one query behind a list and its count: a filter over rows, and paging by key in the form each database's index serves.</summary>
internal static class TransactionListing
{
    /// <summary>Everything of the filter but its search, which <see cref="TransactionSearch"/> resolves first.</summary>
    public static IQueryable<TransactionRecord> Matching(this IQueryable<TransactionRecord> rows, TransactionFilter filter, TowerDbContext db)
    {
        rows = filter.Stage is { } stage ? rows.Where(t => t.Stage == stage) : rows;
        rows = filter.Health is { } health ? rows.Where(t => t.Health == health) : rows;
        rows = filter.Troubled ? rows.Where(t => t.Health != TransactionHealth.Ok) : rows;
        rows = filter.Held
            ? rows.Where(t => t.Health >= TransactionHealth.Held && (t.Health == TransactionHealth.Held || t.Held > 0))
            : rows;
        rows = filter.Open ? rows.Where(t => t.Stage < TransactionStage.Posted) : rows;
        rows = filter.Site is { } site ? rows.Where(t => db.TransactionSites.Any(s => s.TransactionId == t.Id && s.Site == site)) : rows;
        rows = filter.Region is { } region ? rows.Where(t => t.Region == region) : rows;
        rows = filter.UpdatedAfter is { } after ? rows.Where(t => t.UpdatedAt > after) : rows;
        rows = filter.AtRisk is { } atRisk ? rows.Where(t => t.AtRisk == atRisk) : rows;
        return filter.Late is { } late ? rows.Where(t => t.Late == late) : rows;
    }

    /// <summary>Rows from that place on, in list order (newest first), or in the opposite order when the cursor looks back.</summary>
    public static IQueryable<TransactionRecord> From(this IQueryable<TransactionRecord> rows, TransactionCursor? cursor, TowerDbContext db) =>
        cursor is not { } place ? NewestFirst(rows)
        : place.Backwards ? OldestFirst(Newer(rows, place, db))
        : NewestFirst(Older(rows, place, db));

    private static IQueryable<TransactionRecord> NewestFirst(IQueryable<TransactionRecord> rows) =>
        rows.OrderByDescending(t => t.UpdatedAt).ThenByDescending(t => t.Id);

    private static IQueryable<TransactionRecord> OldestFirst(IQueryable<TransactionRecord> rows) =>
        rows.OrderBy(t => t.UpdatedAt).ThenBy(t => t.Id);

    // PostgreSQL seeks a row value in the index. SQL Server has none: the redundant first comparison is what lets it seek.
    private static IQueryable<TransactionRecord> Older(IQueryable<TransactionRecord> rows, TransactionCursor place, TowerDbContext db)
    {
        var (at, id) = (place.UpdatedAt, place.Id);
        return db is PostgresTowerDbContext
            ? rows.Where(t => EF.Functions.LessThan(ValueTuple.Create(t.UpdatedAt, t.Id), ValueTuple.Create(at, id)))
            : rows.Where(t => t.UpdatedAt <= at && (t.UpdatedAt < at || t.Id < id));
    }

    private static IQueryable<TransactionRecord> Newer(IQueryable<TransactionRecord> rows, TransactionCursor place, TowerDbContext db)
    {
        var (at, id) = (place.UpdatedAt, place.Id);
        return db is PostgresTowerDbContext
            ? rows.Where(t => EF.Functions.GreaterThan(ValueTuple.Create(t.UpdatedAt, t.Id), ValueTuple.Create(at, id)))
            : rows.Where(t => t.UpdatedAt >= at && (t.UpdatedAt > at || t.Id > id));
    }
}
