using System.Linq.Expressions;
using ControlTower.Core.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace ControlTower.Web.Api;

/// <summary>
/// The order of a list, by a value and then by id, and its paging by key in the form that each database's index serves.
/// </summary>
internal abstract class RowOrder<T>
{
    /// <summary>The rows from that place on, in the list's order, or in the opposite order when the cursor looks back.</summary>
    public abstract IQueryable<T> From(IQueryable<T> rows, RowCursor? cursor, TowerDbContext db);

    public abstract IQueryable<T> Sort(IQueryable<T> rows, bool backwards = false);
}

internal static class RowOrder
{
    public static RowOrder<T> ByTime<T>(
        Expression<Func<T, DateTimeOffset>> instant, Expression<Func<T, long>> id, bool newestFirst) =>
        new KeyOrder<T, DateTimeOffset>(instant, id, newestFirst, Instant);

    /// <summary>The largest first.</summary>
    public static RowOrder<T> ByAmount<T>(Expression<Func<T, decimal>> amount, Expression<Func<T, long>> id) =>
        new KeyOrder<T, decimal>(amount, id, descending: true, value => value);

    /// <summary>By the order in which rows were added: served by the primary key and by every index that ends with it.</summary>
    public static RowOrder<T> ById<T>(Expression<Func<T, long>> id, bool newestFirst) => new IdOrder<T>(id, newestFirst);

    private static DateTimeOffset Instant(decimal ticks) =>
        new((long)Math.Clamp(ticks, DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);
}

/// <param name="read">The value that a cursor has.</param>
file sealed class KeyOrder<T, TKey>(
    Expression<Func<T, TKey>> value, Expression<Func<T, long>> key, bool descending, Func<decimal, TKey> read) : RowOrder<T>
{
    public override IQueryable<T> From(IQueryable<T> rows, RowCursor? cursor, TowerDbContext db) =>
        cursor is { } place ? Sort(rows.Where(Beyond(place, db)), place.Backwards) : Sort(rows);

    public override IQueryable<T> Sort(IQueryable<T> rows, bool backwards = false) => descending != backwards
        ? rows.OrderByDescending(value).ThenByDescending(key)
        : rows.OrderBy(value).ThenBy(key);

    private Expression<Func<T, bool>> Beyond(RowCursor place, TowerDbContext db)
    {
        var beyond = descending != place.Backwards
            ? KeyComparison.Less(read(place.Value), place.Id, db)
            : KeyComparison.Greater(read(place.Value), place.Id, db);
        var row = value.Parameters[0];
        var id = ReplacingExpressionVisitor.Replace(key.Parameters[0], row, key.Body);
        var body = ReplacingExpressionVisitor.Replace(beyond.Parameters[0], value.Body, beyond.Body);
        return Expression.Lambda<Func<T, bool>>(ReplacingExpressionVisitor.Replace(beyond.Parameters[1], id, body), row);
    }
}

file sealed class IdOrder<T>(Expression<Func<T, long>> key, bool descending) : RowOrder<T>
{
    public override IQueryable<T> From(IQueryable<T> rows, RowCursor? cursor, TowerDbContext db) =>
        cursor is { } place ? Sort(rows.Where(Beyond(place.Id, descending != place.Backwards)), place.Backwards) : Sort(rows);

    public override IQueryable<T> Sort(IQueryable<T> rows, bool backwards = false) =>
        descending != backwards ? rows.OrderByDescending(key) : rows.OrderBy(key);

    private Expression<Func<T, bool>> Beyond(long id, bool below)
    {
        Expression<Func<long>> place = () => id;
        var beyond = below ? Expression.LessThan(key.Body, place.Body) : Expression.GreaterThan(key.Body, place.Body);
        return Expression.Lambda<Func<T, bool>>(beyond, key.Parameters);
    }
}

/// <summary>
/// Comparison of (value, id) with a place. PostgreSQL seeks a row value in the index. SQL Server has none: the redundant
/// first comparison is what lets it seek.
/// </summary>
file static class KeyComparison
{
    public static Expression<Func<TKey, long, bool>> Less<TKey>(TKey at, long id, TowerDbContext db) => db is PostgresTowerDbContext
        ? (rowAt, rowId) => EF.Functions.LessThan(ValueTuple.Create(rowAt, rowId), ValueTuple.Create(at, id))
        : Range<TKey>(() => at, () => id, Expression.LessThan, Expression.LessThanOrEqual);

    public static Expression<Func<TKey, long, bool>> Greater<TKey>(TKey at, long id, TowerDbContext db) => db is PostgresTowerDbContext
        ? (rowAt, rowId) => EF.Functions.GreaterThan(ValueTuple.Create(rowAt, rowId), ValueTuple.Create(at, id))
        : Range<TKey>(() => at, () => id, Expression.GreaterThan, Expression.GreaterThanOrEqual);

    /// <summary>
    /// A value up to that one, and below it or with a lower id; or the opposite. C# compares no values of an open type.
    /// </summary>
    private static Expression<Func<TKey, long, bool>> Range<TKey>(
        Expression<Func<TKey>> at, Expression<Func<long>> id, Func<Expression, Expression, Expression> strictly,
        Func<Expression, Expression, Expression> orEqual)
    {
        var (rowAt, rowId) = (Expression.Parameter(typeof(TKey)), Expression.Parameter(typeof(long)));
        var body = Expression.AndAlso(
            orEqual(rowAt, at.Body), Expression.OrElse(strictly(rowAt, at.Body), strictly(rowId, id.Body)));
        return Expression.Lambda<Func<TKey, long, bool>>(body, rowAt, rowId);
    }
}
