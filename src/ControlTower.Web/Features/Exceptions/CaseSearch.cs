using System.Globalization;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Web.Features.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Exceptions;

/// <summary>
/// One box: cases of the orders that the text finds in every list (<see cref="TransactionSearch"/>), and a case's own number, its
/// reason code, its event's id, words of its message. Each is looked up by its index before the list is read: a list that
/// compared all of this for every case would read every case.
/// </summary>
internal static class CaseSearch
{
    /// <summary>Cases from the list's beginning whose messages and events are searched.</summary>
    internal const int LookedThrough = 5000;

    private const int MostFound = 1000;

    /// <summary>
    /// The cases' texts are read concurrently with all that is found by an index, on a connection of its own: they take
    /// as long as the rest together.
    /// </summary>
    /// <returns>Null without a search.</returns>
    public static async Task<CaseHits?> ResolveAsync(ITowerDb tower, CaseFilter filter, Actor actor, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(filter.Search))
        {
            return null;
        }

        var text = filter.Search.Trim();
        var id = long.TryParse(text.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
        var reading = WordedAsync(tower, filter, actor, text, cancellation);
        var finding = NamedAsync(tower, filter, text, cancellation);
        await Task.WhenAll(reading, finding);
        var (transactions, ofMessages) = await finding;
        return new CaseHits(id, text, transactions, [.. (await reading).Union(ofMessages)]);
    }

    private static async Task<List<long>> WordedAsync(
        ITowerDb tower, CaseFilter filter, Actor actor, string text, CancellationToken cancellation)
    {
        await using var db = tower.CreateReader();
        return await Worded(db, filter, actor, text).ToListAsync(cancellation);
    }

    private static async Task<(long[] Transactions, List<long> Cases)> NamedAsync(
        ITowerDb tower, CaseFilter filter, string text, CancellationToken cancellation)
    {
        await using var db = tower.CreateReader();
        var transactions = await TransactionSearch.IdsAsync(text, db, cancellation);
        return (transactions, await OfMessages(db, filter, text).ToListAsync(cancellation));
    }

    internal static IQueryable<ExceptionCase> Apply(IQueryable<ExceptionCase> cases, CaseHits? hits)
    {
        if (hits is not { } found)
        {
            return cases;
        }

        var (id, reason, transactions, looked) = (found.Id, found.Reason, found.Transactions, found.Cases);
        return cases.Where(c =>
            c.Id == id || c.ReasonCode == reason || transactions.Contains(c.TransactionId!.Value) || looked.Contains(c.Id));
    }

    /// <summary>
    /// By text of the message; where there are more than <see cref="MostFound"/>, those that come first in the list.
    /// </summary>
    internal static IQueryable<long> Worded(TowerDbContext db, CaseFilter filter, Actor actor, string text)
    {
        var words = text.ToLowerInvariant();

        // The index alone shows which cases come first; only their texts are read.
        var first = CaseQueries.InOrder(CaseQueries.Matching(db, filter, actor, null), filter.ByDue).Take(LookedThrough).Select(c => c.Id);
#pragma warning disable CA1862, CA1304, CA1311 // Translated to SQL, where the overloads that take a comparison do not exist.
        var worded = db.Cases.Where(c => first.Contains(c.Id) && c.Message.ToLower().Contains(words));
#pragma warning restore CA1862, CA1304, CA1311
        return CaseQueries.InOrder(worded, filter.ByDue).Select(c => c.Id).Take(MostFound);
    }

    /// <summary>
    /// By the event's id and by its subject. Among everybody's first cases: few cases are about messages, and checking
    /// each one's scope would take longer than reading its event. The list itself checks the scope of the found ones.
    /// </summary>
    internal static IQueryable<long> OfMessages(TowerDbContext db, CaseFilter filter, string text)
    {
        var first = CaseQueries.InOrder(
            CaseQueries.OfAnybody(db, filter with { Site = null }).Where(c => c.MessageId != null), filter.ByDue).Take(LookedThrough);
        var found = from about in first
                    join message in db.Inbox on about.MessageId equals message.Id
                    where message.EventId == text || message.Subject == text
                    select about.Id;
        return found.Take(MostFound);
    }
}

/// <summary>What a search found, by what the cases name.</summary>
/// <param name="Id">A case's own number; -1 when the text is none.</param>
/// <param name="Reason">The text, should it be a reason code.</param>
internal sealed record CaseHits(long Id, string Reason, long[] Transactions, long[] Cases);
