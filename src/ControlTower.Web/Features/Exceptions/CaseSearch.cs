using System.Globalization;
using ControlTower.Core.Exceptions;
using ControlTower.Core.Persistence;
using ControlTower.Web.Features.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Exceptions;

/// <summary>
/// One box for any identifier: the case's number, its reason code, the transaction's key, order or correlation id, any number a system uses for its documents,
/// the event's id, or words of the message. Looked up before the list is read, each by its index: a list that asked all of this of every case would
/// read every case.
/// </summary>
internal static class CaseSearch
{
    /// <summary>Cases of the list, from its beginning, whose words and events are looked through.</summary>
    internal const int LookedThrough = 5000;

    private const int MostFound = 1000;

    /// <param name="filtered">The cases that the list is of.</param>
    /// <param name="byDue">The list's order: by due time, else the newest first.</param>
    /// <returns>Null without a search.</returns>
    public static async Task<CaseHits?> ResolveAsync(TowerDbContext db, IQueryable<ExceptionCase> filtered, bool byDue, string? search, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(search))
        {
            return null;
        }

        var text = search.Trim();
        var id = long.TryParse(text.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
        var (transactions, commands, cases) = (new HashSet<long>(), new HashSet<long>(), new HashSet<long>());
        foreach (var query in TransactionSearch.NumberQueries(text, db))
        {
            transactions.UnionWith(await query.ToListAsync(cancellation));
        }

        commands.UnionWith(await Commands(db, text).ToListAsync(cancellation));
        foreach (var query in LookThrough(db, filtered, byDue, text))
        {
            cases.UnionWith(await query.ToListAsync(cancellation));
        }

        return new CaseHits(id, text, [.. transactions], [.. commands], [.. cases]);
    }

    internal static IQueryable<ExceptionCase> Apply(IQueryable<ExceptionCase> cases, CaseHits? hits)
    {
        if (hits is not { } found)
        {
            return cases;
        }

        var (id, reason, transactions, commands, looked) = (found.Id, found.Reason, found.Transactions, found.Commands, found.Cases);
        return cases.Where(c => c.Id == id || c.ReasonCode == reason || transactions.Contains(c.TransactionId!.Value) || commands.Contains(c.CommandId!.Value) || looked.Contains(c.Id));
    }

    internal static IQueryable<long> Commands(TowerDbContext db, string text) =>
        db.Commands.Where(o => o.Key == text).Select(o => o.Id).Concat(db.ArchivedCommands.Where(o => o.Key == text).Select(o => o.Id));

    /// <summary>By words of the message, by the event's id and by its subject; where there are more than <see cref="MostFound"/>, those that come first in the list.</summary>
    internal static IReadOnlyList<IQueryable<long>> LookThrough(TowerDbContext db, IQueryable<ExceptionCase> filtered, bool byDue, string text)
    {
        var words = text.ToLowerInvariant();
        var listed = CaseQueries.InOrder(filtered, byDue);

        // Which cases are first an index tells alone; the words are read of those.
        var first = listed.Take(LookedThrough).Select(c => c.Id);
        var messages = from about in listed.Where(c => c.MessageId != null).Take(LookedThrough)
                       join message in db.Inbox on about.MessageId equals message.Id
                       where message.EventId == text || message.Subject == text
                       select about.Id;
#pragma warning disable CA1862, CA1304, CA1311 // Translated to SQL, where the overloads that take a comparison do not exist.
        var worded = db.Cases.Where(c => first.Contains(c.Id) && c.Message.ToLower().Contains(words));
        return [CaseQueries.InOrder(worded, byDue).Select(c => c.Id).Take(MostFound), messages.Take(MostFound)];
#pragma warning restore CA1862, CA1304, CA1311
    }
}

/// <summary>What a search found, by what the cases name.</summary>
/// <param name="Id">A case's own number; -1 when the text is none.</param>
/// <param name="Reason">The text, should it be a reason code.</param>
internal sealed record CaseHits(long Id, string Reason, long[] Transactions, long[] Commands, long[] Cases);
