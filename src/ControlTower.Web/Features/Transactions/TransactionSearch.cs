using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Transactions;

/// <summary>Finds transactions by any number of any system.</summary>
internal static class TransactionSearch
{
    /// <summary>
    /// Most transactions that one number, or one prefix, is looked up for: of more orders on one load or invoice a part
    /// is shown.
    /// </summary>
    private const int MostPerNumber = 1000;

    /// <summary>
    /// Those with exactly this number (as written, in capitals, in small letters) when there are any, else those with
    /// a number that begins with it.
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

    /// <summary>
    /// Of a prefix that many numbers have, the last ones in the order of numbers, which are the youngest: a longer
    /// prefix finds an older one.
    /// </summary>
    internal static IQueryable<TransactionRecord> StartingWith(IQueryable<TransactionRecord> rows, string text, TowerDbContext db)
    {
        var beginsSo = Spellings(text, text.ToUpperInvariant())
            .Select(beginning => text.Contains(':', StringComparison.Ordinal) ? KeysFrom(db, beginning) : NumbersFrom(db, beginning))
            .Aggregate((one, other) => one.Concat(other));
        return rows.Where(t => beginsSo.Contains(t.Id));
    }

    private static IQueryable<long> KeysFrom(TowerDbContext db, string beginning) =>
        db.Transactions.Where(t => t.Key.StartsWith(beginning)).OrderByDescending(t => t.Key).Select(t => t.Id).Take(MostPerNumber);

    private static IQueryable<long> NumbersFrom(TowerDbContext db, string beginning) =>
        (from reference in db.References
         where reference.Value.StartsWith(beginning)
         join link in db.ReferenceLinks on reference.Id equals link.ReferenceId
         orderby reference.Value descending
         select link.TransactionId).Take(MostPerNumber);

    /// <summary>By its key, its correlation id, and any number that a system uses for its documents.</summary>
    internal static IReadOnlyList<IQueryable<long>> NumberQueries(string text, TowerDbContext db)
    {
        var spellings = Spellings(text, text.ToUpperInvariant(), text.ToLowerInvariant());
        return
        [
            db.Transactions.Where(t => spellings.Contains(t.Key)).Select(t => t.Id),
            db.Transactions.Where(t => spellings.Contains(t.CorrelationId)).Select(t => t.Id),
            Links(db, r => spellings.Contains(r.Value)).Distinct().OrderByDescending(id => id).Take(MostPerNumber),
        ];
    }

    internal static IReadOnlyList<IQueryable<long>> ExactQueries(string text, TowerDbContext db)
    {
        var spellings = Spellings(text, text.ToUpperInvariant(), text.ToLowerInvariant());
        return
        [
            .. NumberQueries(text, db),
            db.Commands.Where(c => spellings.Contains(c.Key)).Select(c => c.TransactionId),
            db.ArchivedCommands.Where(c => spellings.Contains(c.Key)).Select(c => c.TransactionId),
        ];
    }

    private static string[] Spellings(params string[] all) => [.. all.Distinct(StringComparer.Ordinal)];

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
