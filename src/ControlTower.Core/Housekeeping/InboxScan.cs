using System.Runtime.CompilerServices;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Inbox;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Housekeeping;

/// <summary>What housekeeping needs to know of a message.</summary>
/// <param name="Waits">No worker has processed it since it arrived.</param>
/// <param name="ArchivedAt">System time of its copy in the archive.</param>
internal sealed record ScannedMessage(
    long Id, InboxState State, bool Waits, DateTimeOffset AcceptedAt, DateTimeOffset? ProcessedAt, DateTimeOffset? ArchivedAt)
{
    /// <summary>No processing is left.</summary>
    public bool IsDone => !Waits && State is (InboxState.Applied or InboxState.Retracted or InboxState.Discarded or InboxState.Ignored);

    /// <summary>
    /// System time since which it is complete; for a message that was applied on arrival, that of its arrival.
    /// </summary>
    public DateTimeOffset DoneAt => ProcessedAt ?? AcceptedAt;
}

/// <summary>
/// Scans the inbox a page at a time, in the order of the ids, which is that of acceptance except for requests that were
/// stored concurrently. So it can end where the messages are young: a search for old ones over all of a busy inbox
/// would read millions of rows to find none.
/// </summary>
internal static class InboxScan
{
    public static async IAsyncEnumerable<List<ScannedMessage>> PagesAsync(
        TowerDbContext db, long after, int size, DateTimeOffset acceptedBefore, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (await Page(db, after, size).ToListAsync(cancellation) is { Count: > 0 } page && page[0].AcceptedAt < acceptedBefore)
        {
            yield return page;
            after = page[^1].Id;
        }
    }

    internal static IQueryable<ScannedMessage> Page(TowerDbContext db, long after, int size) =>
        db.Inbox.Where(m => m.Id > after).OrderBy(m => m.Id).Take(size).Select(m => new ScannedMessage(
            m.Id, m.State, db.Arrivals.Any(a => a.MessageId == m.Id), m.AcceptedAt, m.ProcessedAt,
            db.ArchivedMessages.Where(a => a.Id == m.Id).Select(a => (DateTimeOffset?)a.ArchivedAt).FirstOrDefault()));
}
