using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Web.Api;

namespace ControlTower.Web.Features.Transactions;

/// <summary>The one query behind a list and its count: a filter over rows, and paging by key in the form each
/// database's index serves.</summary>
internal static class TransactionListing
{
    private static readonly TimeOrder<TransactionRecord> LatestFirst = new(t => t.UpdatedAt, t => t.Id, newestFirst: true);

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
        rows = filter.AtRisk is { } atRisk ? rows.Where(t => t.AtRisk == atRisk) : rows;
        return filter.Late is { } late ? rows.Where(t => t.Late == late) : rows;
    }

    /// <summary>Rows from that place on, in list order (newest first), or in the opposite order when the cursor looks back.</summary>
    public static IQueryable<TransactionRecord> From(this IQueryable<TransactionRecord> rows, TimeCursor? cursor, TowerDbContext db) =>
        LatestFirst.From(rows, cursor, db);
}
