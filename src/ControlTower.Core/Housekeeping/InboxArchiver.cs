using ControlTower.Core.Inbox;
using ControlTower.Core.Persistence;
using ControlTower.Core.Time;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Housekeeping;

/// <summary>
/// Takes done messages out of the inbox in two steps. The first copies payload and key; the second, a while later, removes the message. In between the
/// event is known in both places, so that an accept whose statement began before the copy was there still meets the message: at no moment is a known
/// event taken for a new one, and nobody locks for it.
/// </summary>
public sealed class InboxArchiver(ITowerDb database, TowerClocks clocks, HousekeepingOptions options, DatabaseOptions databaseOptions)
{
    /// <summary>Nothing is done with these any more.</summary>
    private static readonly InboxState[] Done = [InboxState.Applied, InboxState.Retracted, InboxState.Discarded, InboxState.Ignored];

    private static readonly TimeSpan LeastBetween = TimeSpan.FromMinutes(5);

    /// <summary>How often the look begins at the oldest again: what was done late lies behind.</summary>
    private static readonly TimeSpan FromTheStart = TimeSpan.FromMinutes(10);

    private static readonly UnnestInsert<ArchivedMessage> Archive = new UnnestInsert<ArchivedMessage>("inbox_archive")
        .Big("id", m => m.Id)
        .Text("connector", m => m.Connector)
        .Text("source", m => m.Source)
        .Text("event_id", m => m.EventId)
        .Text("type", m => m.Type)
        .Text("subject", m => m.Subject)
        .Small("state", m => (short)m.State)
        .Instant("received_at", m => m.ReceivedAt)
        .Instant("accepted_at", m => m.AcceptedAt)
        .Instant("processed_at", m => m.ProcessedAt)
        .Instant("archived_at", m => m.ArchivedAt)
        .Bytes("payload", m => m.Payload);

    private static readonly UnnestInsert<SeenEvent> Seen = new UnnestInsert<SeenEvent>("seen_event")
        .Text("connector", e => e.Connector)
        .Bytes("dedupe_key", e => e.DedupeKey)
        .Bytes("content_hash", e => e.ContentHash)
        .Big("message_id", e => e.MessageId);

    private long _after;
    private DateTimeOffset _began;

    /// <summary>Longer than any statement of ours runs.</summary>
    internal TimeSpan Between => TimeSpan.FromSeconds(2 * databaseOptions.CommandTimeoutSeconds) is var twice && twice > LeastBetween ? twice : LeastBetween;

    /// <summary>Copies one batch.</summary>
    /// <returns>How many messages were copied; fewer than a batch when there are no more.</returns>
    public async Task<int> CopyAsync(CancellationToken cancellation = default)
    {
        var now = UtcMicroseconds.Cut(clocks.SystemNow);
        (_after, _began) = now - _began > FromTheStart ? (0, now) : (_after, _began);
        await using var db = await database.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var messages = await ToCopy(db, _after, now.AddMinutes(-options.InboxMinutes)).Take(options.BatchSize).ToListAsync(cancellation);
        if (messages.Count == 0)
        {
            return 0;
        }

        var archived = messages.ConvertAll(m => Of(m, now));
        var seen = messages.OrderBy(m => m.Connector, StringComparer.Ordinal).ThenBy(m => Convert.ToHexString(m.DedupeKey), StringComparer.Ordinal)
            .Select(m => new SeenEvent { Connector = m.Connector, DedupeKey = m.DedupeKey, ContentHash = m.ContentHash, MessageId = m.Id }).ToList();
        await WriteAsync(db, archived, seen, cancellation);
        await transaction.CommitAsync(cancellation);
        _after = messages[^1].Id;
        return messages.Count;
    }

    /// <summary>Removes one batch of those copied long enough ago.</summary>
    /// <returns>How many messages left the inbox.</returns>
    public async Task<int> RemoveAsync(CancellationToken cancellation = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var ids = await ToRemove(db, clocks.SystemNow - Between).Take(options.BatchSize).ToArrayAsync(cancellation);
        return ids.Length == 0 ? 0 : await db.Inbox.Where(m => ids.Contains(m.Id) && Done.Contains(m.State)).ExecuteDeleteAsync(cancellation);
    }

    internal static IQueryable<InboxMessage> ToCopy(TowerDbContext db, long after, DateTimeOffset before) =>
        db.Inbox.AsNoTracking()
            .Where(m => m.Id > after && Done.Contains(m.State) && m.ProcessedAt < before && !db.ArchivedMessages.Any(a => a.Id == m.Id))
            .OrderBy(m => m.Id);

    internal static IQueryable<long> ToRemove(TowerDbContext db, DateTimeOffset copiedBefore) =>
        db.Inbox.Where(m => Done.Contains(m.State) && db.ArchivedMessages.Any(a => a.Id == m.Id && a.ArchivedAt < copiedBefore)).OrderBy(m => m.Id).Select(m => m.Id);

    private static async Task WriteAsync(TowerDbContext db, List<ArchivedMessage> archived, List<SeenEvent> seen, CancellationToken cancellation)
    {
        if (db is PostgresTowerDbContext)
        {
            await Archive.ExecuteAsync(db, archived, cancellation, "ON CONFLICT DO NOTHING");
            await Seen.ExecuteAsync(db, seen, cancellation, "ON CONFLICT DO NOTHING");
            return;
        }

        db.AddRange(archived);
        db.AddRange(seen);
        await db.SaveChangesAsync(cancellation);
    }

    private static ArchivedMessage Of(InboxMessage message, DateTimeOffset now) => new()
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
        Payload = Packed.Pack(message.Payload),
    };
}
