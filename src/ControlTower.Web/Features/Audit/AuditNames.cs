using System.Globalization;
using ControlTower.Core.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Audit;

/// <summary>
/// A filter's texts resolved before the entries are read: the chains hold ten entries of every order, and a search that
/// resolved them per entry would read all.
/// </summary>
/// <param name="Transactions">Keys of the transactions the filter names; null when it names none.</param>
/// <param name="Acts">Actions that begin with the filter's text; null when it names a whole one or none.</param>
/// <param name="FirstId">No entry of the requested time has a lower id; null without a beginning.</param>
/// <param name="LastId">No entry of the requested time has a higher id; null without an end.</param>
internal sealed record AuditNames(string[]? Transactions, AuditObject? Object, IReadOnlyList<string>? Acts, long? FirstId, long? LastId)
{
    /// <summary>Ids follow the order of time, except for differences of nodes' clocks and long transactions.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(5);

    /// <summary>So few entries need no further halving.</summary>
    private const int Few = 500;

    public static async Task<AuditNames> ResolveAsync(TowerDbContext db, AuditFilter filter, CancellationToken cancellation) => new(
        filter.Transaction is { } key ? [key, .. await ByOrder(db, key).Take(50).ToListAsync(cancellation)] : null,
        filter.Object is { } text ? await ObjectAsync(db, text, cancellation) : null,
        filter.Act is { } act && act.EndsWith('.') ? await ActsAsync(db, act, cancellation) : null,
        filter.From is { } from ? (await BoundsAsync(db, from - Slack, cancellation))?.Below : null,
        filter.To is { } to ? (await BoundsAsync(db, to + Slack, cancellation))?.Above : null);

    /// <summary>The order number is found by its reference, which is indexed.</summary>
    internal static IQueryable<string> ByOrder(TowerDbContext db, string order) =>
        from reference in db.References
        where reference.Value == order
        join link in db.ReferenceLinks on reference.Id equals link.ReferenceId
        join transaction in db.Transactions on link.TransactionId equals transaction.Id
        where transaction.OrderNumber == order
        select transaction.Key;

    internal static IReadOnlyList<IQueryable<string>> TransactionsOf(TowerDbContext db, string[] keys, long number) =>
    [
        Keys(db, db.Commands.Where(c => keys.Contains(c.Key)).Select(c => (long?)c.TransactionId)),
        Keys(db, db.ArchivedCommands.Where(c => keys.Contains(c.Key)).Select(c => (long?)c.TransactionId)),
        Keys(db, db.Cases.Where(c => c.Id == number || keys.Contains(c.CaseKey)).Select(c => c.TransactionId)),
        Keys(db, db.Approvals.Where(a => a.Id == number).Select(a => (long?)a.TransactionId)),
    ];

    private static IQueryable<string> Keys(TowerDbContext db, IQueryable<long?> ids) =>
        from id in ids join transaction in db.Transactions on id equals transaction.Id select transaction.Key;

    // From action to action along the index: a seek for each, where DISTINCT would read every entry.
    private static async Task<IReadOnlyList<string>> ActsAsync(TowerDbContext db, string beginning, CancellationToken cancellation)
    {
        var acts = new List<string>();
        for (var act = await NextAct(db, beginning, "").FirstOrDefaultAsync(cancellation); act is not null; act = await NextAct(
            db, beginning, act).FirstOrDefaultAsync(cancellation))
        {
            acts.Add(act);
        }

        return acts;
    }

#pragma warning disable CA1309 // Translated to SQL, where the column compares by its bytes.
    internal static IQueryable<string> NextAct(TowerDbContext db, string beginning, string after) =>
        db.Audit.Where(a => a.Act.StartsWith(beginning) && string.Compare(a.Act, after) > 0).OrderBy(a => a.Act).Select(a => a.Act).Take(1);
#pragma warning restore CA1309

    private static async Task<AuditObject> ObjectAsync(TowerDbContext db, string text, CancellationToken cancellation)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (type, key) = colon > 0 ? (text[..colon], text[(colon + 1)..]) : ("", text);
        var number = long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : -1;

        // The engine names a case by its key, people by its number: both are its history.
        var caseKey = type is "" or "case"
            ? await db.Cases.Where(c => c.Id == number).Select(c => c.CaseKey).FirstOrDefaultAsync(cancellation)
            : null;
        string[] keys = [.. new[] { text, key, caseKey }.OfType<string>().Distinct(StringComparer.Ordinal)];
        var transactions = new HashSet<string>(keys, StringComparer.Ordinal);
        foreach (var query in TransactionsOf(db, keys, number))
        {
            transactions.UnionWith(await query.Take(50).ToListAsync(cancellation));
        }

        return new AuditObject(text, type, key, caseKey, keys, [.. transactions]);
    }

    /// <summary>The two ids around that time, by binary search; null when there is no entry.</summary>
    private static async Task<(long Below, long Above)?> BoundsAsync(TowerDbContext db, DateTimeOffset at, CancellationToken cancellation)
    {
        if (await db.Audit.OrderBy(a => a.Id).Select(a => (long?)a.Id).FirstOrDefaultAsync(cancellation) is not { } below)
        {
            return null;
        }

        var above = await db.Audit.MaxAsync(a => a.Id, cancellation);
        while (above - below > Few)
        {
            var middle = below + ((above - below) / 2);
            var found = await db.Audit.Where(a => a.Id >= middle).OrderBy(a => a.Id).Select(a => a.At).FirstAsync(cancellation);
            (below, above) = found < at ? (middle, above) : (below, middle);
        }

        return (below, above);
    }
}

/// <param name="Text">As written: with its type, or a key that has a colon itself.</param>
/// <param name="CaseKey">What the case of that number is about.</param>
/// <param name="Keys">All keys by which an entry may name its object.</param>
/// <param name="Transactions">Keys of the transactions that it belongs to.</param>
internal sealed record AuditObject(string Text, string Type, string Key, string? CaseKey, string[] Keys, string[] Transactions);
