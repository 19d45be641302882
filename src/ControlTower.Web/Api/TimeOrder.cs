using System.Linq.Expressions;
using ControlTower.Core.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace ControlTower.Web.Api;

/// <summary>The order of a list, by an instant and then by id, and its paging by key in the form that each database's
/// index serves.</summary>
internal sealed class TimeOrder<T>(Expression<Func<T, DateTimeOffset>> instant, Expression<Func<T, long>> key, bool newestFirst)
{
    /// <summary>The rows from that place on, in the list's order, or in the opposite order when the cursor looks back.</summary>
    public IQueryable<T> From(IQueryable<T> rows, TimeCursor? cursor, TowerDbContext db) =>
        cursor is { } place ? Sort(rows.Where(Beyond(place, db)), place.Backwards) : Sort(rows);

    public IQueryable<T> Sort(IQueryable<T> rows, bool backwards = false) => newestFirst != backwards
        ? rows.OrderByDescending(instant).ThenByDescending(key)
        : rows.OrderBy(instant).ThenBy(key);

    private Expression<Func<T, bool>> Beyond(TimeCursor place, TowerDbContext db)
    {
        var beyond = newestFirst != place.Backwards
            ? KeyComparison.Less(place.At, place.Id, db)
            : KeyComparison.Greater(place.At, place.Id, db);
        var row = instant.Parameters[0];
        var id = ReplacingExpressionVisitor.Replace(key.Parameters[0], row, key.Body);
        var body = ReplacingExpressionVisitor.Replace(beyond.Parameters[0], instant.Body, beyond.Body);
        return Expression.Lambda<Func<T, bool>>(ReplacingExpressionVisitor.Replace(beyond.Parameters[1], id, body), row);
    }
}

/// <summary>
/// Comparison of (instant, id) with a place. PostgreSQL seeks a row value in the index. SQL Server has none: the
/// redundant first comparison is what lets it seek.
/// </summary>
internal static class KeyComparison
{
    public static Expression<Func<DateTimeOffset, long, bool>> Less(DateTimeOffset at, long id, TowerDbContext db) =>
        db is PostgresTowerDbContext
        ? (rowAt, rowId) => EF.Functions.LessThan(ValueTuple.Create(rowAt, rowId), ValueTuple.Create(at, id))
        : (rowAt, rowId) => rowAt <= at && (rowAt < at || rowId < id);

    public static Expression<Func<DateTimeOffset, long, bool>> Greater(DateTimeOffset at, long id, TowerDbContext db) =>
        db is PostgresTowerDbContext
        ? (rowAt, rowId) => EF.Functions.GreaterThan(ValueTuple.Create(rowAt, rowId), ValueTuple.Create(at, id))
        : (rowAt, rowId) => rowAt >= at && (rowAt > at || rowId > id);
}
