using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Housekeeping;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Statements;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Housekeeping;

/// <summary>
/// Takes completed messages out of the inbox in two steps. The first copies payload and key; the second, a while later,
/// removes the message. In between the event is known in both places, so that an accept whose statement began before
/// the copy was there still finds the message: at no moment is a known event taken for a new one, and no lock is
/// needed.
/// </summary>
public sealed class InboxArchiver(ITowerDb database, TowerClocks clocks, HousekeepingOptions options, DatabaseOptions databaseOptions)
{
    private static readonly TimeSpan LeastBetween = TimeSpan.FromMinutes(5);

    /// <summary>How often the scan starts at the oldest message again: messages completed late lie behind it.</summary>
    private static readonly TimeSpan FromTheStart = TimeSpan.FromMinutes(10);

    private long _copied;
    private long _removed;
    private DateTimeOffset _began;

    /// <summary>Longer than any statement of ours runs.</summary>
    internal TimeSpan Between =>
        TimeSpan.FromSeconds(2 * databaseOptions.CommandTimeoutSeconds) is var twice && twice > LeastBetween ? twice : LeastBetween;

    /// <summary>Copies one batch.</summary>
    /// <returns>How many messages were copied; fewer than a batch when there are no more.</returns>
    public async Task<int> CopyAsync(CancellationToken cancellation = default)
    {
        var now = UtcMicroseconds.Cut(clocks.SystemNow);
        (_copied, _began) = now - _began > FromTheStart ? (0, now) : (_copied, _began);
        await using var db = await database.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var (ids, last) = await OldAsync(db, now.AddMinutes(-options.InboxMinutes), cancellation);
        if (ids.Count == 0)
        {
            _copied = last;
            return 0;
        }

        var messages = await db.Inbox.AsNoTracking().Where(m => ids.Contains(m.Id)).OrderBy(m => m.Id).ToListAsync(cancellation);
        var archived = messages.ConvertAll(m => For(m, now));
        var seen = messages.OrderBy(m => m.Connector, StringComparer.Ordinal)
            .ThenBy(m => Convert.ToHexString(m.DedupeKey), StringComparer.Ordinal)
            .Select(m => new SeenEvent { Connector = m.Connector, DedupeKey = m.DedupeKey, ContentHash = m.ContentHash, MessageId = m.Id })
            .ToList();
        await WriteAsync(db, archived, seen, cancellation);
        await transaction.CommitAsync(cancellation);
        _copied = last;
        return messages.Count;
    }

    /// <summary>Removes one batch of those copied long enough ago.</summary>
    /// <returns>How many messages left the inbox.</returns>
    public async Task<int> RemoveAsync(CancellationToken cancellation = default)
    {
        var (now, copiedBefore) = (clocks.SystemNow, clocks.SystemNow - Between);
        await using var db = await database.CreateDbContextAsync(cancellation);
        await foreach (var page in InboxScan.PagesAsync(
            db, _removed, options.BatchSize, now.AddMinutes(-options.InboxMinutes), cancellation))
        {
            _removed = page[^1].Id;
            var ids = page.Where(m => m.IsDone && m.ArchivedAt < copiedBefore).Select(m => m.Id).ToList();
            if (ids.Count > 0)
            {
                return await db.Inbox.Where(m => ids.Contains(m.Id)).ExecuteDeleteAsync(cancellation);
            }

            if (page.Exists(m => m.ArchivedAt >= copiedBefore))
            {
                break;
            }
        }

        _removed = 0;
        return 0;
    }

    /// <summary>The next page's messages that are to be copied, and up to where the inbox was scanned.</summary>
    private async Task<(List<long> Ids, long Last)> OldAsync(TowerDbContext db, DateTimeOffset before, CancellationToken cancellation)
    {
        var last = _copied;
        await foreach (var page in InboxScan.PagesAsync(db, last, options.BatchSize, before, cancellation))
        {
            // The younger ones of the page are scanned again when they are old.
            last = page.FindLast(m => m.AcceptedAt < before)!.Id;
            var ids = page.Where(m => m.IsDone && m.DoneAt < before && m.ArchivedAt is null).Select(m => m.Id).ToList();
            if (ids.Count > 0)
            {
                return (ids, last);
            }
        }

        return ([], last);
    }

    private static async Task WriteAsync(
        TowerDbContext db, List<ArchivedMessage> archived, List<SeenEvent> seen, CancellationToken cancellation)
    {
        if (db is PostgresTowerDbContext)
        {
            var tables = PostgresTables.For(db);
            await tables.ArchivedMessages.ExecuteAsync(db, archived, cancellation, "ON CONFLICT DO NOTHING");
            await tables.SeenEvents.ExecuteAsync(db, seen, cancellation, "ON CONFLICT DO NOTHING");
            return;
        }

        await MissingRows.InsertAsync(db, archived, cancellation);
        await MissingRows.InsertAsync(db, seen, cancellation);
    }

    private static ArchivedMessage For(InboxMessage message, DateTimeOffset now) => new()
    {
        Id = message.Id,
        Connector = message.Connector,
        Source = message.Source,
        EventId = message.EventId,
        Type = message.Type,
        Subject = message.Subject,
        State = message.State,
        ReceivedAt = message.ReceivedAt,
        AcceptedAt = message.AcceptedAt,
        ProcessedAt = message.ProcessedAt,
        ArchivedAt = now,
        Payload = CompressedPayload.Pack(message.Payload),
    };
}
