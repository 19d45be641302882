using System.Text.Json;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Housekeeping;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Inbox;

/// <summary>Reads what may have been moved from inbox or outbox to the archive, wherever it is.</summary>
public static class Archive
{
    /// <summary>The message with its payload; null when its retention time is over.</summary>
    public static async Task<InboxMessage?> MessageAsync(TowerDbContext db, long id, CancellationToken cancellation)
    {
        if (await db.Inbox.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, cancellation) is not { } message)
        {
            return await db.ArchivedMessages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, cancellation) is { } archived
                ? For(archived)
                : null;
        }

        message.State = await WaitingMessage.From(db).AnyAsync(m => m.Id == id, cancellation) ? InboxState.Pending : message.State;
        return message;
    }

    /// <summary>Number of the message that this event came as; null when it never came.</summary>
    public static async Task<long?> FindEventAsync(TowerDbContext db, string connector, byte[] dedupeKey, CancellationToken cancellation) =>
        await db.Inbox.Where(m => m.Connector == connector && m.DedupeKey == dedupeKey)
            .Select(m => (long?)m.Id)
            .FirstOrDefaultAsync(cancellation)
        ?? await db.SeenEvents.Where(e => e.Connector == connector && e.DedupeKey == dedupeKey)
            .Select(e => (long?)e.MessageId)
            .FirstOrDefaultAsync(cancellation);

    /// <summary>
    /// Archived commands of a transaction as the outbox had them. A body whose retention time is over is empty.
    /// </summary>
    public static async Task<List<OutboxCommand>> CommandsAsync(TowerDbContext db, long transaction, CancellationToken cancellation) =>
        (await db.ArchivedCommands.AsNoTracking()
            .Where(c => c.TransactionId == transaction)
            .OrderBy(c => c.CreatedAt)
            .ThenBy(c => c.Id)
            .ToListAsync(cancellation)).ConvertAll(For);

    /// <summary>Their attempts, by command.</summary>
    public static async Task<ILookup<long, CommandAttempt>> AttemptsAsync(
        TowerDbContext db, long transaction, CancellationToken cancellation)
    {
        var lists = await db.ArchivedCommands.AsNoTracking()
            .Where(c => c.TransactionId == transaction)
            .Select(c => c.AttemptList)
            .ToListAsync(cancellation);
        return lists.SelectMany(list =>
            JsonSerializer.Deserialize<List<CommandAttempt>>(CompressedPayload.Unpack(list), JsonSerializerOptions.Web) ?? [])
            .ToLookup(a => a.CommandId);
    }

    private static InboxMessage For(ArchivedMessage archived) => new()
    {
        Id = archived.Id,
        Connector = archived.Connector,
        Source = archived.Source,
        EventId = archived.EventId,
        DedupeKey = IncomingEvent.KeyOf(archived.Source, archived.EventId),
        ContentHash = [],
        Payload = CompressedPayload.Unpack(archived.Payload),
        Type = archived.Type,
        Subject = archived.Subject,
        State = archived.State,
        ReceivedAt = archived.ReceivedAt,
        AcceptedAt = archived.AcceptedAt,
        ProcessedAt = archived.ProcessedAt,
    };

    private static OutboxCommand For(ArchivedCommand archived) => new()
    {
        Id = archived.Id,
        TransactionId = archived.TransactionId,
        Kind = archived.Kind,
        Document = "",
        Series = archived.Series,
        Number = archived.Number,
        Key = archived.Key,
        Connector = archived.Connector,
        Site = archived.Site,
        LegalEntity = "",
        Body = archived.Body is { } body ? CompressedPayload.Unpack(body) : [],
        ContentHash = archived.ContentHash,
        Amount = archived.Amount,
        Currency = archived.Currency,
        State = archived.State,
        Attempts = archived.Attempts,
        CreatedAt = archived.CreatedAt,
        DueAt = archived.DueAt,
        SettledAt = archived.SettledAt,
        ExternalId = archived.ExternalId,
        ErrorCode = archived.ErrorCode,
        ErrorDetail = archived.ErrorDetail,
        TraceParent = "",
    };
}
