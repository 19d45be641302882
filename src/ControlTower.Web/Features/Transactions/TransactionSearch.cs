using ControlTower.Core.Persistence;
using ControlTower.Core.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Transactions;

/// <summary>Finds transactions by any number of any system.</summary>
internal static class TransactionSearch
{
    /// <summary>Transactions that one number is looked up for: more orders than this on one load or invoice are shown in part.</summary>
    private const int MostPerNumber = 1000;

    /// <summary>
    /// Those with exactly this number (as written, in capitals, in small letters) when there are any, else those with a number that begins with it.
    /// </summary>
    public static async Task<IQueryable<TransactionRecord>> SearchAsync(
        this IQueryable<TransactionRecord> rows, string? text, TowerDbContext db, CancellationToken cancellation)
    {
        if (text is null)
        {
            return rows;
        }

        var exact = await ExactAsync(text, db, cancellation);
        return exact.Count > 0 ? rows.Where(t => exact.Contains(t.Id)) : StartingWith(rows, text, db);
    }

    internal static IQueryable<TransactionRecord> StartingWith(IQueryable<TransactionRecord> rows, string text, TowerDbContext db)
    {
        var capitals = text.ToUpperInvariant();
        var linked = Links(db, r => r.Value.StartsWith(text) || r.Value.StartsWith(capitals));
        return text.Contains(':', StringComparison.Ordinal)
            ? rows.Where(t => t.Key.StartsWith(text) || t.Key.StartsWith(capitals))
            : rows.Where(t => linked.Contains(t.Id));
    }

    internal static IReadOnlyList<IQueryable<long>> ExactQueries(string text, TowerDbContext db)
    {
        string[] spellings = [.. new[] { text, text.ToUpperInvariant(), text.ToLowerInvariant() }.Distinct(StringComparer.Ordinal)];
        return
        [
            db.Transactions.Where(t => spellings.Contains(t.Key)).Select(t => t.Id),
            db.Transactions.Where(t => spellings.Contains(t.CorrelationId)).Select(t => t.Id),
            Links(db, r => spellings.Contains(r.Value)).Distinct().OrderByDescending(id => id).Take(MostPerNumber),
            db.Commands.Where(c => spellings.Contains(c.Key)).Select(c => c.TransactionId),
        ];
    }

    private static async Task<List<long>> ExactAsync(string text, TowerDbContext db, CancellationToken cancellation)
    {
        var found = new HashSet<long>();
        foreach (var query in ExactQueries(text, db))
        {
            found.UnionWith(await query.ToListAsync(cancellation));
        }

        return [.. found];
    }

    private static IQueryable<long> Links(TowerDbContext db, System.Linq.Expressions.Expression<Func<DocumentReference, bool>> number) =>
        from reference in db.References.Where(number)
        join link in db.ReferenceLinks on reference.Id equals link.ReferenceId
        select link.TransactionId;
}
