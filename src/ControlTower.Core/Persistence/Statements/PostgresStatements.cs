using ControlTower.Core.Persistence.Audit;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.People;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ControlTower.Core.Persistence.Statements;

/// <summary>Set-based statements of PostgreSQL: arrays in, <c>SKIP LOCKED</c> for claims.</summary>
internal sealed class PostgresStatements : IStatements
{
    private static readonly UnnestInsert<MessageKey> AskedKeys = new UnnestInsert<MessageKey>("")
        .Text("connector", k => k.Connector)
        .Bytes("dedupe_key", k => k.DedupeKey);

    private static readonly string AskedHashes = $"""
        SELECT connector, dedupe_key, COALESCE(
            (SELECT m.content_hash FROM inbox_message m WHERE m.connector = rows.connector AND m.dedupe_key = rows.dedupe_key),
            (SELECT s.content_hash FROM seen_event s WHERE s.connector = rows.connector AND s.dedupe_key = rows.dedupe_key))
        FROM {AskedKeys.Source}
        """;

    /// <summary>A look by key for each of them: a join may be planned as a walk along the whole inbox.</summary>
    private const string OfTaken = "SELECT m.* FROM taken CROSS JOIN LATERAL (SELECT * FROM inbox_message WHERE id = taken.message_id OFFSET 0) AS m";

    private const string ClaimArrivals = $$"""
        WITH taken AS MATERIALIZED (SELECT message_id FROM inbox_arrival ORDER BY message_id LIMIT {0} FOR UPDATE SKIP LOCKED) {{OfTaken}}
        """;

    private const string ClaimArrivalsById = $$"""
        WITH taken AS MATERIALIZED (SELECT message_id FROM inbox_arrival WHERE message_id = ANY({0}) ORDER BY message_id FOR UPDATE SKIP LOCKED) {{OfTaken}}
        """;

    private string? _lockTransactions;

    private static readonly UnnestInsert<InboxMessage> Messages = new UnnestInsert<InboxMessage>("inbox_message")
        .Text("connector", m => m.Connector)
        .Text("source", m => m.Source)
        .Text("event_id", m => m.EventId)
        .Bytes("dedupe_key", m => m.DedupeKey)
        .Bytes("content_hash", m => m.ContentHash)
        .Bytes("payload", m => m.Payload)
        .Text("type", m => m.Type)
        .Text("subject", m => m.Subject)
        .Small("state", _ => (short)InboxState.Applied)
        .Instant("due_at", m => m.DueAt)
        .Integer("attempts", m => m.Attempts)
        .Instant("received_at", m => m.ReceivedAt)
        .Instant("accepted_at", m => m.AcceptedAt)
        .Text("trace_parent", m => m.TraceParent);

    private static readonly string InsertMessages = $"""
        WITH stored AS (
            INSERT INTO inbox_message ({string.Join(", ", Messages.Columns)}) SELECT * FROM {Messages.Source}
            WHERE NOT EXISTS (SELECT 1 FROM seen_event s WHERE s.connector = rows.connector AND s.dedupe_key = rows.dedupe_key)
            ON CONFLICT (connector, dedupe_key) DO NOTHING RETURNING id, connector, dedupe_key, received_at, accepted_at),
        arrived AS (
            INSERT INTO inbox_arrival (message_id, connector, received_at, accepted_at) SELECT id, connector, received_at, accepted_at FROM stored)
        SELECT connector, dedupe_key FROM stored
        """;

    public async Task<IReadOnlyList<MessageKey>> InsertMessagesAsync(
        TowerDbContext db, IReadOnlyList<InboxMessage> messages, CancellationToken cancellation)
    {
        await using var command = Messages.Command(db, messages, InsertMessages);
        var inserted = new List<MessageKey>(messages.Count);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            inserted.Add(new MessageKey(reader.GetString(0), reader.GetFieldValue<byte[]>(1)));
        }

        return inserted;
    }

    /// <summary>A look by key for each: a join is planned as a hash of the whole inbox while that has no statistics yet.</summary>
    public async Task<Dictionary<MessageKey, byte[]>> ContentHashesAsync(TowerDbContext db, IReadOnlyCollection<MessageKey> keys, CancellationToken cancellation)
    {
        await using var command = AskedKeys.Command(db, keys, AskedHashes);
        var hashes = new Dictionary<MessageKey, byte[]>(keys.Count);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            if (!await reader.IsDBNullAsync(2, cancellation))
            {
                hashes[new MessageKey(reader.GetString(0), reader.GetFieldValue<byte[]>(1))] = reader.GetFieldValue<byte[]>(2);
            }
        }

        return hashes;
    }

    public async Task<List<InboxMessage>> ClaimMessagesAsync(TowerDbContext db, DateTimeOffset now, int limit, CancellationToken cancellation)
    {
        var again = await db.Inbox.FromSql($"""
            SELECT * FROM inbox_message WHERE state = 0 AND due_at <= {now}
            ORDER BY due_at, id LIMIT {limit} FOR UPDATE SKIP LOCKED
            """).AsNoTracking().ToListAsync(cancellation);
        return again.Count == limit ? again : again.With(await db.Inbox.FromSqlRaw(ClaimArrivals, limit - again.Count).AsNoTracking().ToListAsync(cancellation));
    }

    public async Task<List<InboxMessage>> ClaimMessagesAsync(TowerDbContext db, IReadOnlyCollection<long> ids, CancellationToken cancellation)
    {
        var again = await db.Inbox.FromSql($"""
            SELECT * FROM inbox_message WHERE state = 0 AND id = ANY({ids.ToArray()})
            ORDER BY due_at, id FOR UPDATE SKIP LOCKED
            """).AsNoTracking().ToListAsync(cancellation);
        return again.With(await db.Inbox.FromSqlRaw(ClaimArrivalsById, ids.ToArray()).AsNoTracking().ToListAsync(cancellation));
    }

    public Task<List<TransactionRecord>> LockTransactionsAsync(
        TowerDbContext db, IReadOnlyCollection<long> ids, IReadOnlyDictionary<long, int> known, CancellationToken cancellation) =>
        db.Transactions.FromSqlRaw(LockTransactions(db), ids.ToArray(), known.Keys.ToArray(), known.Values.ToArray()).AsNoTracking().ToListAsync(cancellation);

    /// <summary>A state that the caller has is neither unpacked nor sent: CASE looks at the version first.</summary>
    private string LockTransactions(TowerDbContext db) => _lockTransactions ??= LockTransactions(db, "");

    /// <param name="ending">What to do about rows that somebody holds: wait, or <c>SKIP LOCKED</c>.</param>
    internal static string LockTransactions(TowerDbContext db, string ending) => $$"""
        SELECT {{string.Join(", ", Columns(db).Select(c => c == "state" ? "CASE WHEN t.version = k.version THEN '' ELSE t.state END AS state" : $"t.{c}"))}}
        FROM transaction t LEFT JOIN unnest({1}, {2}) AS k(id, version) ON k.id = t.id
        WHERE t.id = ANY({0}) ORDER BY t.id FOR UPDATE OF t {{ending}}
        """;

    private static IEnumerable<string> Columns(TowerDbContext db) => db.Model.FindEntityType(typeof(TransactionRecord))!.GetProperties().Select(p => p.GetColumnName());

    public async Task<TowerUser?> ShareLockUserAsync(TowerDbContext db, long id, CancellationToken cancellation)
    {
        var found = db.Users.FromSql($"SELECT * FROM asp_net_users WHERE id = {id} FOR SHARE").AsNoTracking();
        return (await found.ToListAsync(cancellation)).SingleOrDefault();
    }

    public async Task InsertTransactionsAsync(TowerDbContext db, IReadOnlyCollection<TransactionRecord> transactions, CancellationToken cancellation)
    {
        var byKey = transactions.ToDictionary(t => t.Key, StringComparer.Ordinal);
        await using var command = PostgresWriter.NewTransactions.Build(db, transactions, "RETURNING id, key");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            byKey[reader.GetString(1)].Id = reader.GetInt64(0);
        }
    }

    public Task<List<TransactionRecord>> ClaimDueTransactionsAsync(
        TowerDbContext db, DateTimeOffset asOf, int limit, CancellationToken cancellation) =>
        db.Transactions.FromSql($"""
            SELECT * FROM transaction WHERE next_look_at <= {asOf}
            ORDER BY next_look_at, id LIMIT {limit} FOR UPDATE SKIP LOCKED
            """).AsNoTracking().ToListAsync(cancellation);

    public async Task<List<DocumentReference>> LockReferencesAsync(
        TowerDbContext db, IReadOnlyCollection<ReferenceKey> keys, CancellationToken cancellation)
    {
        if (keys.Count == 0)
        {
            return [];
        }

        var sorted = keys.Distinct().Order().ToArray();
        var kinds = Array.ConvertAll(sorted, k => k.Kind);
        var values = Array.ConvertAll(sorted, k => k.Value);
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO document_reference (kind, value) SELECT * FROM unnest({kinds}, {values}) ON CONFLICT DO NOTHING", cancellation);
        return await db.References.FromSql($"""
            SELECT r.* FROM document_reference r JOIN unnest({kinds}, {values}) AS wanted(kind, value) ON r.value = wanted.value AND r.kind = wanted.kind
            ORDER BY r.value, r.kind FOR UPDATE OF r
            """).AsNoTracking().ToListAsync(cancellation);
    }

    public async Task InsertLinksAsync(TowerDbContext db, IReadOnlyCollection<ReferenceLink> links, CancellationToken cancellation)
    {
        if (links.Count == 0)
        {
            return;
        }

        var insert = new UnnestInsert<ReferenceLink>("reference_link")
            .Big("reference_id", l => l.ReferenceId)
            .Text("system", l => l.System)
            .Big("transaction_id", l => l.TransactionId);
        await insert.ExecuteAsync(db, links, cancellation, "ON CONFLICT DO NOTHING");
    }

    public async Task InsertParkingsAsync(TowerDbContext db, IReadOnlyCollection<Parking> parkings, CancellationToken cancellation)
    {
        if (parkings.Count == 0)
        {
            return;
        }

        var insert = new UnnestInsert<Parking>("parking").Big("reference_id", p => p.ReferenceId).Big("message_id", p => p.MessageId);
        await insert.ExecuteAsync(db, parkings, cancellation, "ON CONFLICT DO NOTHING");
    }

    public async Task InsertRetractionsAsync(TowerDbContext db, IReadOnlyCollection<Retraction> retractions, CancellationToken cancellation)
    {
        if (retractions.Count == 0)
        {
            return;
        }

        var insert = new UnnestInsert<Retraction>("retraction")
            .Text("connector", r => r.Connector)
            .Bytes("dedupe_key", r => r.DedupeKey)
            .Big("by_message_id", r => r.ByMessageId);
        await insert.ExecuteAsync(db, retractions, cancellation, "ON CONFLICT DO NOTHING");
    }

    public async Task<List<long>> WithdrawCommandsAsync(
        TowerDbContext db, IReadOnlyCollection<long> ids, DateTimeOffset now, CancellationToken cancellation)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        return await db.Database.SqlQuery<long>($"""
            WITH free AS (
                SELECT id FROM outbox_command WHERE id = ANY({ids.ToArray()}) AND state IN (0, 9) AND attempts = 0
                ORDER BY id FOR UPDATE SKIP LOCKED)
            UPDATE outbox_command c SET state = 4, settled_at = {now} FROM free WHERE c.id = free.id RETURNING c.id
            """).ToListAsync(cancellation);
    }

    public Task InsertCasesAsync(TowerDbContext db, IReadOnlyCollection<ExceptionCase> cases, CancellationToken cancellation) =>
        PostgresCases.InsertAsync(db, cases, cancellation);

    public async Task WriteAsync(TowerDbContext db, EngineWrites writes, CancellationToken cancellation)
    {
        await CaseInserts.InsertNewAsync(this, db, writes, cancellation);
        await PostgresWriter.WriteAsync(db, writes, cancellation);
    }

    public Task SealAsync(TowerDbContext db, IReadOnlyCollection<AuditEntry> entries, CancellationToken cancellation)
    {
        var ids = entries.Select(e => e.Id).ToArray();
        var sequences = entries.Select(e => e.Sequence!.Value).ToArray();
        var previous = entries.Select(e => e.PreviousHash!).ToArray();
        var hashes = entries.Select(e => e.Hash!).ToArray();
        return db.Database.ExecuteSqlAsync(
            $"""
            UPDATE audit_entry a SET sequence = u.sequence, previous_hash = u.previous_hash, hash = u.hash
            FROM unnest({ids}, {sequences}, {previous}, {hashes}) AS u (id, sequence, previous_hash, hash) WHERE a.id = u.id
            """,
            cancellation);
    }

    public Task NotifyAsync(TowerDbContext db, CancellationToken cancellation) =>
        db.Database.ExecuteSqlRawAsync("NOTIFY control_tower", cancellation);
}
