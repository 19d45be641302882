using ControlTower.Core.Facts;
using ControlTower.Core.Inbox;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Statements;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Engine;

/// <summary>
/// Facts that their sender retracts count as never reported, whether they arrived before or arrive after. The
/// retraction is a row of its own: a later message of that key finds it, and what was merged already is merged again
/// without it.
/// </summary>
internal sealed class Retractor(IStatements statements)
{
    /// <summary>In one statement: SQL Server takes 2,100 parameters.</summary>
    private const int MostKeys = 2000;

    /// <summary>Transactions that hold events which this batch retracts: they have to be locked too.</summary>
    public static async Task<List<long>> AffectedAsync(
        TowerDbContext db, IReadOnlyCollection<BatchItem> items, CancellationToken cancellation)
    {
        var affected = new List<long>();
        foreach (var (connector, keys) in KeysByConnector(items))
        {
            foreach (var some in keys.Chunk(MostKeys))
            {
                affected.AddRange(await Merged(db, connector, some).Select(e => e.TransactionId).ToListAsync(cancellation));
            }
        }

        return affected;
    }

    /// <summary>
    /// Writes the batch's retractions, and wakes messages that wait or failed although they were retracted.
    /// </summary>
    public async Task WriteAsync(TowerDbContext db, IReadOnlyCollection<BatchItem> items, CancellationToken cancellation)
    {
        var rows = items.Where(item => item.Fact is { Retracts.Count: > 0 } && !item.IsHandedBack)
            .SelectMany(item => item.Fact!.Retracts.Select(r => new Retraction
            {
                Connector = item.Message.Connector,
                DedupeKey = IncomingEvent.KeyOf(r.Source, r.Id),
                ByMessageId = item.Message.Id,
            })).ToList();
        await statements.InsertRetractionsAsync(db, rows, cancellation);
        foreach (var (connector, keys) in KeysByConnector(items))
        {
            await db.Inbox.Where(m =>
                m.Connector == connector && keys.Contains(m.DedupeKey) && (m.State == InboxState.Deferred || m.State == InboxState.Failed))
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, InboxState.Pending), cancellation);
        }
    }

    /// <summary>
    /// Marks the items of the batch that were retracted; events of the tower and its people never are. Called again
    /// after the locks, so that of two workers one sees the other.
    /// </summary>
    public static async Task MarkAsync(
        TowerDbContext db, IReadOnlyCollection<BatchItem> items, Action<BatchItem> mark, CancellationToken cancellation)
    {
        foreach (var some in items.Where(item => item.Fact is not null && !BuiltInConnectors.IsInternal(item.Message.Connector))
            .Chunk(MostKeys))
        {
            var keys = some.Select(item => item.Message.DedupeKey).ToArray();
            var taken = (await Retractions(db, keys).ToListAsync(cancellation)).ToHashSet();
            foreach (var item in some.Where(item => taken.Contains(new MessageKey(item.Message.Connector, item.Message.DedupeKey))))
            {
                mark(item);
            }
        }
    }

    /// <summary>Events of locked transactions that are retracted and not marked so yet.</summary>
    public static async Task<List<(long EventId, long TransactionId)>> FindAsync(
        TowerDbContext db, IReadOnlyCollection<BatchItem> items, CancellationToken cancellation)
    {
        var found = new List<(long, long)>();
        foreach (var (connector, keys) in KeysByConnector(items))
        {
            foreach (var some in keys.Chunk(MostKeys))
            {
                var events = await Merged(db, connector, some).Select(e => new { e.Id, e.TransactionId }).ToListAsync(cancellation);
                found.AddRange(events.Select(e => (e.Id, e.TransactionId)));
            }
        }

        return found;
    }

    internal static IQueryable<TransactionEvent> Merged(TowerDbContext db, string connector, byte[][] keys) =>
        (from message in db.Inbox
         join merged in db.TransactionEvents on message.Id equals merged.MessageId
         where message.Connector == connector && keys.Contains(message.DedupeKey) && !merged.Retracted
         select merged)

        // Those that left the inbox; for a while they are in both tables.
        .Concat(from seen in db.SeenEvents
                join merged in db.TransactionEvents on seen.MessageId equals merged.MessageId
                where seen.Connector == connector && keys.Contains(seen.DedupeKey) && !merged.Retracted
                    && !db.Inbox.Any(m => m.Id == seen.MessageId)
                select merged);

    internal static IQueryable<MessageKey> Retractions(TowerDbContext db, byte[][] keys) =>
        db.Retractions.Where(r => keys.Contains(r.DedupeKey)).Select(r => new MessageKey(r.Connector, r.DedupeKey));

    private static IEnumerable<(string Connector, byte[][] Keys)> KeysByConnector(IReadOnlyCollection<BatchItem> items) =>
        items.Where(item => item.Fact is { Retracts.Count: > 0 } && !item.IsHandedBack)
            .GroupBy(item => item.Message.Connector)
            .Select(group =>
                (group.Key, group.SelectMany(item => item.Fact!.Retracts).Select(r => IncomingEvent.KeyOf(r.Source, r.Id)).ToArray()));
}
