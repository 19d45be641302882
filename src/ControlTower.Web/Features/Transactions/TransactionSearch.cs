using System.Linq.Expressions;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Transactions;

/// <summary>
/// The one rule by which a text finds orders, in every list, in the global box and in the API: those with exactly this number,
/// else those with a number that begins so, with these digits inside, or of a customer of that number or name.
/// </summary>
internal static class TransactionSearch
{
    /// <summary>
    /// Most transactions that one number, or one beginning, is looked up for: of more orders on one load or invoice a part
    /// is shown.
    /// </summary>
    internal const int MostPerNumber = 1000;

    /// <summary>
    /// The rows that the text finds, whoever may see them; all rows without a text. Found ones are read by their keys before
    /// anything else is asked of them: a plan that looked for them in the list's order could read the whole history.
    /// </summary>
    public static async Task<IQueryable<TransactionRecord>> RowsAsync(
        string? text, TowerDbContext db, CancellationToken cancellation) =>
        (text is null ? db.Transactions : Rows(db, await IdsAsync(text, db, cancellation))).AsNoTracking();

    /// <summary>Behind OFFSET or TOP, which a condition is not moved beyond.</summary>
    internal static IQueryable<TransactionRecord> Rows(TowerDbContext db, long[] found) => db is PostgresTowerDbContext
        ? db.Transactions.FromSqlRaw("SELECT * FROM transaction WHERE id = ANY({0}) OFFSET 0", found)
        : db.Transactions.Where(t => found.Contains(t.Id)).OrderBy(t => t.Id).Take(found.Length);

    /// <summary>The transactions that the text finds, whoever may see them; of more than a thousand the youngest.</summary>
    public static async Task<long[]> IdsAsync(string text, TowerDbContext db, CancellationToken cancellation)
    {
        var exact = await ExactAsync(text, db, cancellation);
        if (exact.Length > 0)
        {
            return exact;
        }

        var orders = await ReadAsync(BeginningQueries(text, db), cancellation);
        orders.UnionWith(await CustomerSearch.OrdersAsync(text, db, cancellation));
        return [.. orders.OrderDescending().Take(MostPerNumber)];
    }

    /// <summary>Those with exactly this number, as written, in capitals or in small letters.</summary>
    public static async Task<long[]> ExactAsync(string text, TowerDbContext db, CancellationToken cancellation) =>
        [.. await ReadAsync(ExactQueries(text, db), cancellation)];

    /// <summary>By its key, its correlation id, any number that a system uses for its documents, and keys of commands.</summary>
    internal static IReadOnlyList<IQueryable<long>> ExactQueries(string text, TowerDbContext db)
    {
        var spellings = AnyCase(text).Append(text.ToLowerInvariant()).Distinct(StringComparer.Ordinal).ToArray();
        return
        [
            db.Transactions.Where(t => spellings.Contains(t.Key)).Select(t => t.Id),
            db.Transactions.Where(t => spellings.Contains(t.CorrelationId)).Select(t => t.Id),
            Links(db, r => spellings.Contains(r.Value)).Select(link => link.Transaction)
                .Distinct().OrderByDescending(id => id).Take(MostPerNumber),
            db.Commands.Where(c => spellings.Contains(c.Key)).Select(c => c.TransactionId),
            db.ArchivedCommands.Where(c => spellings.Contains(c.Key)).Select(c => c.TransactionId),
        ];
    }

    /// <summary>
    /// Of a beginning that many numbers have, the last ones in the order of numbers, which are the youngest: a longer
    /// beginning finds an older one.
    /// </summary>
    internal static IReadOnlyList<IQueryable<long>> BeginningQueries(string text, TowerDbContext db)
    {
        var isKey = text.Contains(':', StringComparison.Ordinal);
        var begins = AnyCase(text)
            .Select(beginning => isKey ? KeysFrom(db, beginning) : NumbersFrom(db, beginning))
            .Aggregate((one, other) => one.Concat(other));
        return InnerDigits.Sought(text) is { } digits ? [begins, DigitsFrom(db, digits)] : [begins];
    }

    private static IQueryable<long> KeysFrom(TowerDbContext db, string beginning) =>
        db.Transactions.Where(t => t.Key.StartsWith(beginning)).OrderByDescending(t => t.Key).Select(t => t.Id).Take(MostPerNumber);

    private static IQueryable<long> NumbersFrom(TowerDbContext db, string beginning) => Links(db, r => r.Value.StartsWith(beginning))
        .OrderByDescending(link => link.Value).Select(link => link.Transaction).Take(MostPerNumber);

    /// <summary>Exactly these digits first: of a thousand that begin so they may be the oldest.</summary>
    private static IQueryable<long> DigitsFrom(TowerDbContext db, string digits) =>
        Links(db, r => r.Digits != null && r.Digits != "" && r.Digits == digits).Select(link => link.Transaction).Take(MostPerNumber)
            .Concat(Links(db, r => r.Digits != null && r.Digits != "" && r.Digits.StartsWith(digits))
                .OrderByDescending(link => link.Digits).Select(link => link.Transaction).Take(MostPerNumber));

    private static IQueryable<LinkedNumber> Links(TowerDbContext db, Expression<Func<DocumentReference, bool>> number) =>
        from reference in db.References.Where(number)
        join link in db.ReferenceLinks on reference.Id equals link.ReferenceId
        select new LinkedNumber { Value = reference.Value, Digits = reference.Digits, Transaction = link.TransactionId };

    /// <summary>As written and in capitals; of a key, the connector in small letters as its name is.</summary>
    private static IEnumerable<string> AnyCase(string text)
    {
        var number = text.IndexOf(':', StringComparison.Ordinal) + 1;
        var connector = text[..number].ToLowerInvariant();
        return new[] { text, text.ToUpperInvariant(), connector + text[number..], connector + text[number..].ToUpperInvariant() }
            .Distinct(StringComparer.Ordinal);
    }

    private static async Task<HashSet<long>> ReadAsync(IEnumerable<IQueryable<long>> queries, CancellationToken cancellation)
    {
        var found = new HashSet<long>();
        foreach (var query in queries)
        {
            found.UnionWith(await query.ToListAsync(cancellation));
        }

        return found;
    }

    private sealed class LinkedNumber
    {
        public required string Value { get; init; }

        public required string? Digits { get; init; }

        public required long Transaction { get; init; }
    }
}
