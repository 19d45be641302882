using ControlTower.Core.Persistence.Audit;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Outbox;
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

    private const string UnlessThere = "ON CONFLICT DO NOTHING";

    /// <summary>A lookup by key for each of them: a join may be planned as a scan of the whole inbox.</summary>
    private const string OfTaken =
        "SELECT m.* FROM taken CROSS JOIN LATERAL (SELECT * FROM inbox_message WHERE id = taken.message_id OFFSET 0) AS m";

    private const string ClaimArrivals = $$"""
        WITH taken AS MATERIALIZED (SELECT message_id FROM inbox_arrival ORDER BY message_id LIMIT {0} FOR UPDATE SKIP LOCKED) {{OfTaken}}
        """;

    private const string ClaimArrivalsById = $$"""
        WITH taken AS MATERIALIZED (SELECT message_id FROM inbox_arrival WHERE message_id = ANY({0}) ORDER BY message_id FOR UPDATE SKIP LOCKED) {{OfTaken}}
        """;

    private static readonly string ClaimPending = $$"""
        SELECT * FROM inbox_message WHERE state = {{InboxState.Pending:D}} AND due_at <= {0}
        ORDER BY due_at, id LIMIT {1} FOR UPDATE SKIP LOCKED
        """;

    private static readonly string ClaimPendingById = $$"""
        SELECT * FROM inbox_message WHERE state = {{InboxState.Pending:D}} AND id = ANY({0})
        ORDER BY due_at, id FOR UPDATE SKIP LOCKED
        """;

    private static readonly string Withdrawable = $"{CommandState.Pending:D}, {CommandState.Unrouted:D}";

    private static readonly string Withdraw = $$"""
        WITH free AS (
            SELECT id FROM outbox_command WHERE id = ANY({0}) AND state IN ({{Withdrawable}}) AND attempts = 0
            ORDER BY id FOR UPDATE SKIP LOCKED)
        UPDATE outbox_command c SET state = {{CommandState.Withdrawn:D}}, settled_at = {1} FROM free WHERE c.id = free.id RETURNING c.id
        """;

    private string? _lockTransactions;

    public async Task<IReadOnlyList<MessageKey>> InsertMessagesAsync(
        TowerDbContext db, IReadOnlyList<InboxMessage> messages, CancellationToken cancellation)
    {
        var tables = PostgresTables.For(db);
        await using var command = tables.NewMessages.Command(db, messages, tables.InsertMessages);
        var inserted = new List<MessageKey>(messages.Count);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            inserted.Add(new MessageKey(reader.GetString(0), reader.GetFieldValue<byte[]>(1)));
        }

        return inserted;
    }

    /// <summary>
    /// A lookup by key for each: a join is planned as a hash of the whole inbox while that has no statistics yet.
    /// </summary>
    public async Task<Dictionary<MessageKey, byte[]>> ContentHashesAsync(
        TowerDbContext db, IReadOnlyCollection<MessageKey> keys, CancellationToken cancellation)
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

    public async Task<List<InboxMessage>> ClaimMessagesAsync(
        TowerDbContext db, DateTimeOffset now, int limit, CancellationToken cancellation)
    {
        var again = await db.Inbox.FromSqlRaw(ClaimPending, now, limit).AsNoTracking().ToListAsync(cancellation);
        return again.Count == limit
            ? again
            : again.With(await db.Inbox.FromSqlRaw(ClaimArrivals, limit - again.Count).AsNoTracking().ToListAsync(cancellation));
    }

    public async Task<List<InboxMessage>> ClaimMessagesAsync(
        TowerDbContext db, IReadOnlyCollection<long> ids, CancellationToken cancellation)
    {
        var again = await db.Inbox.FromSqlRaw(ClaimPendingById, ids.ToArray()).AsNoTracking().ToListAsync(cancellation);
        return again.With(await db.Inbox.FromSqlRaw(ClaimArrivalsById, ids.ToArray()).AsNoTracking().ToListAsync(cancellation));
    }

    public Task<List<TransactionRecord>> LockTransactionsAsync(
        TowerDbContext db, IReadOnlyCollection<long> ids, IReadOnlyDictionary<long, int> known, CancellationToken cancellation) =>
        db.Transactions.FromSqlRaw(LockTransactions(db), ids.ToArray(), known.Keys.ToArray(), known.Values.ToArray())
            .AsNoTracking()
            .ToListAsync(cancellation);

    /// <summary>A state that the caller has is neither unpacked nor sent: CASE checks the version first.</summary>
    private string LockTransactions(TowerDbContext db) => _lockTransactions ??= LockTransactions(db, "");

    /// <param name="ending">What to do about locked rows: wait, or <c>SKIP LOCKED</c>.</param>
    internal static string LockTransactions(TowerDbContext db, string ending) => $$"""
        SELECT {{string.Join(
            ", ", Columns(db).Select(c => c == "state" ? "CASE WHEN t.version = k.version THEN '' ELSE t.state END AS state" : $"t.{c}"))}}
        FROM transaction t LEFT JOIN unnest({1}, {2}) AS k(id, version) ON k.id = t.id
        WHERE t.id = ANY({0}) ORDER BY t.id FOR UPDATE OF t {{ending}}
        """;

    private static IEnumerable<string> Columns(TowerDbContext db) =>
        db.Model.FindEntityType(typeof(TransactionRecord))!.GetProperties().Select(p => p.GetColumnName());

    public async Task<TowerUser?> ShareLockUserAsync(TowerDbContext db, long id, CancellationToken cancellation)
    {
        var found = db.Users.FromSql($"SELECT * FROM asp_net_users WHERE id = {id} FOR SHARE").AsNoTracking();
        return (await found.ToListAsync(cancellation)).SingleOrDefault();
    }

    public async Task InsertTransactionsAsync(
        TowerDbContext db, IReadOnlyCollection<TransactionRecord> transactions, CancellationToken cancellation)
    {
        var byKey = transactions.ToDictionary(t => t.Key, StringComparer.Ordinal);
        await using var command = PostgresTables.For(db).NewTransactions.Build(db, transactions, "RETURNING id, key");
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
        var digits = Array.ConvertAll(values, InnerDigits.From);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO document_reference (kind, value, digits) SELECT * FROM unnest({kinds}, {values}, {digits}) ON CONFLICT DO NOTHING
            """,
            cancellation);
        return await db.References.FromSql($"""
            SELECT r.* FROM document_reference r JOIN unnest({kinds}, {values}) AS wanted(kind, value) ON r.value = wanted.value AND r.kind = wanted.kind
            ORDER BY r.value, r.kind FOR UPDATE OF r
            """).AsNoTracking().ToListAsync(cancellation);
    }

    public Task InsertLinksAsync(TowerDbContext db, IReadOnlyCollection<ReferenceLink> links, CancellationToken cancellation) =>
        PostgresTables.For(db).Links.ExecuteAsync(db, links, cancellation, UnlessThere);

    public async Task InsertCustomersAsync(
        TowerDbContext db, IEnumerable<CustomerLink> links, IEnumerable<CustomerWord> words, CancellationToken cancellation)
    {
        var tables = PostgresTables.For(db);
        await tables.CustomerLinks.ExecuteAsync(db, links.InKeyOrder(), cancellation, UnlessThere);
        await tables.CustomerWords.ExecuteAsync(db, words.InKeyOrder(), cancellation, UnlessThere);
    }

    public Task InsertDeferredReferencesAsync(
        TowerDbContext db, IReadOnlyCollection<DeferredReference> deferred, CancellationToken cancellation) =>
        PostgresTables.For(db).DeferredReferences.ExecuteAsync(db, deferred, cancellation, UnlessThere);

    public Task InsertRetractionsAsync(TowerDbContext db, IReadOnlyCollection<Retraction> retractions, CancellationToken cancellation) =>
        PostgresTables.For(db).Retractions.ExecuteAsync(db, retractions, cancellation, UnlessThere);

    public async Task<List<long>> WithdrawCommandsAsync(
        TowerDbContext db, IReadOnlyCollection<long> ids, DateTimeOffset now, CancellationToken cancellation)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        return await db.Database.SqlQueryRaw<long>(Withdraw, ids.ToArray(), now).ToListAsync(cancellation);
    }

    public Task InsertCasesAsync(TowerDbContext db, IReadOnlyCollection<ExceptionCase> cases, CancellationToken cancellation) =>
        PostgresCases.InsertAsync(db, cases, cancellation);

    public async Task WriteAsync(TowerDbContext db, EngineWrites writes, CancellationToken cancellation)
    {
        await CaseInserts.InsertNewAsync(this, db, writes, cancellation);
        await PostgresWriter.WriteAsync(db, writes, cancellation);
        await InsertCustomersAsync(db, writes.CustomerLinks, writes.CustomerWords, cancellation);
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
