using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Statements;

namespace ControlTower.Core.Inbox;

/// <summary>
/// Stores events once per (connector, source, id), inside the caller's open transaction: outcomes of commands, polled
/// pages with their cursor, approvals and replays commit with the action that caused them.
/// </summary>
public sealed class InboxWriter(IStatements statements, TowerClocks clocks, ConflictCases conflicts)
{
    /// <summary>Stores the events of one connector. The caller commits and afterwards calls
    /// <see cref="Transactions.EngineSignal.Raise"/>.</summary>
    public async Task<AcceptResult> WriteAsync(
        TowerDbContext db, string connector, IReadOnlyList<IncomingEvent> events, CancellationToken cancellation = default)
    {
        var accepted = await WriteAsync(db, events.Select(e => (connector, e)).ToList(), cancellation);
        var count = accepted.Count(isNew => isNew);
        return new AcceptResult(count, events.Count - count);
    }

    /// <summary>Stores events of any connectors in one statement.</summary>
    /// <returns>For each event, in order, whether it was accepted; false for a duplicate.</returns>
    internal async Task<bool[]> WriteAsync(
        TowerDbContext db, IReadOnlyList<(string Connector, IncomingEvent Event)> events, CancellationToken cancellation)
    {
        // The first of a key in one request is stored; the others are compared with it like any later arrival.
        var first = new Dictionary<MessageKey, int>(events.Count);
        for (var i = 0; i < events.Count; i++)
        {
            first.TryAdd(KeyOf(events[i]), i);
        }

        var rows = first.OrderBy(pair => pair.Key.Connector, StringComparer.Ordinal).ThenBy(pair => pair.Key.DedupeKey, ByteOrder.Instance)
            .Select(pair => Row(events[pair.Value])).ToList();
        var inserted = (await statements.InsertMessagesAsync(db, rows, cancellation)).ToHashSet();
        return inserted.Count == events.Count
            ? [.. Enumerable.Repeat(true, events.Count)]
            : await CompareAsync(db, events, first, inserted, cancellation);
    }

    private async Task<bool[]> CompareAsync(
        TowerDbContext db,
        IReadOnlyList<(string Connector, IncomingEvent Event)> events,
        Dictionary<MessageKey, int> first,
        HashSet<MessageKey> inserted,
        CancellationToken cancellation)
    {
        var stored = await statements.ContentHashesAsync(db, first.Keys.Where(key => !inserted.Contains(key)).ToList(), cancellation);
        var accepted = new bool[events.Count];
        var differing = new List<int>();
        for (var i = 0; i < events.Count; i++)
        {
            var key = KeyOf(events[i]);
            accepted[i] = inserted.Contains(key) && first[key] == i;
            var known = stored.TryGetValue(key, out var hash) ? hash : events[first[key]].Event.ContentHash;
            if (!accepted[i] && !known.AsSpan().SequenceEqual(events[i].Event.ContentHash))
            {
                differing.Add(i);
            }
        }

        if (differing.Count > 0)
        {
            var opened = await conflicts.OpenAsync(db, differing.ConvertAll(i => events[i]), cancellation);
            differing.ForEach(i => accepted[i] = opened.Remove(ConflictCases.KeyOf(events[i])));
        }

        return accepted;
    }

    private static MessageKey KeyOf((string Connector, IncomingEvent Event) item) => new(item.Connector, item.Event.DedupeKey);

    private InboxMessage Row((string Connector, IncomingEvent Event) item) => new()
    {
        Connector = item.Connector,
        Source = item.Event.Source,
        EventId = item.Event.Id,
        DedupeKey = item.Event.DedupeKey,
        ContentHash = item.Event.ContentHash,
        Payload = item.Event.Payload,
        Type = item.Event.Type,
        Subject = item.Event.Subject,
        TraceParent = item.Event.TraceParent,
        DueAt = UtcMicroseconds.Cut(clocks.SystemNow),
        ReceivedAt = UtcMicroseconds.Cut(clocks.BusinessNow),
        AcceptedAt = UtcMicroseconds.Cut(clocks.SystemNow),
    };

    private sealed class ByteOrder : IComparer<byte[]>
    {
        public static readonly ByteOrder Instance = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}
