using System.Text.Json;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Audit;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Persistence.People;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Persistence.Statements;

/// <summary>
/// The same statements on SQL Server: locks by hint, <c>WHERE NOT EXISTS … HOLDLOCK</c> for what PostgreSQL does by
/// <c>ON CONFLICT</c>. Lists travel as one JSON parameter, whose text is given the columns' collation to compare with
/// them. Generated and translated in the tests; run against a server only
/// where <c>CONTROLTOWER_TEST_SQLSERVER</c> names one.
/// </summary>
internal sealed class SqlServerStatements : IStatements
{
    /// <summary>Claims skip what others hold and lock row by row, also under read-committed snapshots.</summary>
    internal const string Claim = "WITH (UPDLOCK, ROWLOCK, READPAST, READCOMMITTEDLOCK)";

    /// <summary>Locks that wait.</summary>
    internal const string Lock = "WITH (UPDLOCK, ROWLOCK)";

    /// <summary>For a check that must still hold when the row is inserted.</summary>
    internal const string Absent = "WITH (UPDLOCK, ROWLOCK, HOLDLOCK)";

    /// <summary>A share lock that is kept until the transaction ends, also under read-committed snapshots.</summary>
    internal const string Share = "WITH (REPEATABLEREAD, ROWLOCK)";

    private const string Binary = "COLLATE Latin1_General_100_BIN2_UTF8";

    private const string Keys =
        $"OPENJSON({{0}}) WITH (kind nvarchar(64) '$.Kind', value nvarchar(512) '$.Value') AS wanted ON r.value = wanted.value "
            + $"{Binary} AND r.kind = wanted.kind {Binary}";

    internal static readonly string ClaimMessagesSql =
        $"SELECT TOP ({{1}}) * FROM inbox_message {Claim} WHERE state = {InboxState.Pending:D} AND due_at <= {{0}} ORDER BY due_at, id";

    internal static readonly string ClaimMessagesByIdSql = $"SELECT * FROM inbox_message {Claim} WHERE state = {InboxState.Pending:D}"
        + " AND id IN (SELECT CAST(value AS bigint) FROM OPENJSON({0}))";

    internal const string ClaimArrivalsSql = $"SELECT TOP ({{0}}) * FROM inbox_arrival {Claim} ORDER BY message_id";

    internal const string ClaimArrivalsByIdSql =
        $"SELECT * FROM inbox_arrival {Claim} WHERE message_id IN (SELECT CAST(value AS bigint) FROM OPENJSON({{0}}))";

    internal const string LockTransactionsSql =
        $"SELECT * FROM [transaction] {Lock} WHERE id IN (SELECT CAST(value AS bigint) FROM OPENJSON({{0}})) ORDER BY id";

    internal const string ShareLockUserSql = $"SELECT * FROM asp_net_users {Share} WHERE id = {{0}}";

    internal const string ClaimDueTransactionsSql =
        $"SELECT TOP ({{1}}) * FROM [transaction] {Claim} WHERE next_look_at <= {{0}} ORDER BY next_look_at, id";

    internal const string InsertReferenceSql = $$"""
        INSERT INTO document_reference (kind, value, digits)
        SELECT {0}, {1}, {2} WHERE NOT EXISTS (SELECT 1 FROM document_reference {{Absent}} WHERE value = {1} AND kind = {0})
        """;

    internal const string LockReferencesSql = $"SELECT r.* FROM document_reference AS r {Lock} JOIN {Keys}";

    internal const string InsertLinkSql = $$"""
        INSERT INTO reference_link (reference_id, system, transaction_id)
        SELECT {0}, {1}, {2} WHERE NOT EXISTS (
            SELECT 1 FROM reference_link {{Absent}} WHERE reference_id = {0} AND system = {1} AND transaction_id = {2})
        """;

    internal const string InsertDeferredReferenceSql = $$"""
        INSERT INTO parking (reference_id, message_id)
        SELECT {0}, {1} WHERE NOT EXISTS (SELECT 1 FROM parking {{Absent}} WHERE reference_id = {0} AND message_id = {1})
        """;

    internal const string InsertRetractionSql = $$"""
        INSERT INTO retraction (connector, dedupe_key, by_message_id)
        SELECT {0}, {1}, {2} WHERE NOT EXISTS (
            SELECT 1 FROM retraction {{Absent}} WHERE connector = {0} AND dedupe_key = {1} AND by_message_id = {2})
        """;

    internal static readonly string InsertMessageSql = $$"""
        INSERT INTO inbox_message (connector, source, event_id, dedupe_key, content_hash, payload, type, subject, state, due_at, attempts, received_at,
            accepted_at, trace_parent)
        OUTPUT inserted.id, inserted.connector, inserted.received_at, inserted.accepted_at INTO inbox_arrival (message_id, connector, received_at, accepted_at)
        SELECT {0}, {1}, {2}, {3}, {4}, {5}, {6}, {7}, {{InboxState.Applied:D}}, {8}, 0, {9}, {10}, {11}
        WHERE NOT EXISTS (SELECT 1 FROM inbox_message {{Absent}} WHERE connector = {0} AND dedupe_key = {3})
            AND NOT EXISTS (SELECT 1 FROM seen_event WHERE connector = {0} AND dedupe_key = {3})
        """;

    internal static readonly string InsertReceivedSql = $$"""
        INSERT INTO connector_hour ({{ConnectorHourStatements.Table.Columns}})
        VALUES ({0}, {1}, {2}{{string.Concat(Enumerable.Repeat(", 0", ConnectorHourStatements.Table.Sums.Count - 1))}})
        """;

    internal static readonly string UnresolvedCaseSql =
        $"SELECT id AS Value FROM exception_case {Absent} WHERE case_key = {{0}} AND state < {CaseState.Resolved:D}";

    internal static readonly string WithdrawableSql =
        $"SELECT * FROM outbox_command {Claim} WHERE id IN (SELECT CAST(value AS bigint) FROM OPENJSON({{0}}))"
        + $" AND state IN ({CommandState.Pending:D}, {CommandState.Unrouted:D}) AND attempts = 0";

    public async Task<IReadOnlyList<MessageKey>> InsertMessagesAsync(
        TowerDbContext db, IReadOnlyList<InboxMessage> messages, CancellationToken cancellation)
    {
        var inserted = new List<MessageKey>(messages.Count);
        var hours = new ConnectorHourChanges();
        foreach (var m in messages)
        {
            var rows = await db.Database.ExecuteSqlRawAsync(
                InsertMessageSql,
                [m.Connector, m.Source, m.EventId, m.DedupeKey, m.ContentHash, m.Payload, m.Type, Text(m.Subject), m.DueAt, m.ReceivedAt,
                    m.AcceptedAt, Text(m.TraceParent)],
                cancellation);
            if (rows == 1)
            {
                inserted.Add(new MessageKey(m.Connector, m.DedupeKey));
                hours.Add(m.Connector, m.AcceptedAt);
            }
        }

        foreach (var hour in hours.Rows)
        {
            await db.Database.ExecuteSqlRawAsync(InsertReceivedSql, [hour.Connector, hour.Hour, hour.Received], cancellation);
        }

        return inserted;
    }

    public async Task<Dictionary<MessageKey, byte[]>> ContentHashesAsync(
        TowerDbContext db, IReadOnlyCollection<MessageKey> keys, CancellationToken cancellation)
    {
        var hashes = new Dictionary<MessageKey, byte[]>(keys.Count);
        foreach (var group in keys.GroupBy(k => k.Connector))
        {
            foreach (var chunk in group.Select(k => k.DedupeKey).Chunk(500))
            {
                var rows = await InInbox(db, group.Key, chunk).ToListAsync(cancellation);
                var seen = await AmongSeen(db, group.Key, chunk).ToListAsync(cancellation);
                rows.Concat(seen).ToList().ForEach(row => hashes[new MessageKey(group.Key, row.Key)] = row.Value);
            }
        }

        return hashes;
    }

    internal static IQueryable<KeyValuePair<byte[], byte[]>> InInbox(TowerDbContext db, string connector, byte[][] keys) =>
        db.Inbox.Where(m => m.Connector == connector && keys.Contains(m.DedupeKey))
            .Select(m => new KeyValuePair<byte[], byte[]>(m.DedupeKey, m.ContentHash));

    internal static IQueryable<KeyValuePair<byte[], byte[]>> AmongSeen(TowerDbContext db, string connector, byte[][] keys) =>
        db.SeenEvents.Where(e => e.Connector == connector && keys.Contains(e.DedupeKey))
            .Select(e => new KeyValuePair<byte[], byte[]>(e.DedupeKey, e.ContentHash));

    public async Task<List<InboxMessage>> ClaimMessagesAsync(
        TowerDbContext db, DateTimeOffset now, int limit, CancellationToken cancellation)
    {
        limit = Math.Min(limit, RowBatches.MostClaimed);
        var again = await db.Inbox.FromSqlRaw(ClaimMessagesSql, now, limit).AsNoTracking().ToListAsync(cancellation);
        return again.Count == limit
            ? again
            : again.With(await ArrivedAsync(db, db.Arrivals.FromSqlRaw(ClaimArrivalsSql, limit - again.Count), cancellation));
    }

    public async Task<List<InboxMessage>> ClaimMessagesAsync(
        TowerDbContext db, IReadOnlyCollection<long> ids, CancellationToken cancellation) =>
        (await db.Inbox.FromSqlRaw(ClaimMessagesByIdSql, Json(ids)).AsNoTracking().ToListAsync(cancellation))
            .With(await ArrivedAsync(db, db.Arrivals.FromSqlRaw(ClaimArrivalsByIdSql, Json(ids)), cancellation));

    private static async Task<List<InboxMessage>> ArrivedAsync(TowerDbContext db, IQueryable<Arrival> claim, CancellationToken cancellation)
    {
        var messages = new List<InboxMessage>();
        foreach (var ids in (await claim.AsNoTracking().ToListAsync(cancellation)).Select(a => a.MessageId).Order().Chunk(500))
        {
            messages.AddRange(await db.Inbox.AsNoTracking().Where(m => ids.Contains(m.Id)).OrderBy(m => m.Id).ToListAsync(cancellation));
        }

        return messages;
    }

    public Task<List<TransactionRecord>> LockTransactionsAsync(
        TowerDbContext db, IReadOnlyCollection<long> ids, IReadOnlyDictionary<long, int> known, CancellationToken cancellation) =>
        db.Transactions.FromSqlRaw(LockTransactionsSql, Json(ids)).AsNoTracking().ToListAsync(cancellation);

    public async Task<TowerUser?> ShareLockUserAsync(TowerDbContext db, long id, CancellationToken cancellation) =>
        (await db.Users.FromSqlRaw(ShareLockUserSql, id).AsNoTracking().ToListAsync(cancellation)).SingleOrDefault();

    public Task InsertTransactionsAsync(
        TowerDbContext db, IReadOnlyCollection<TransactionRecord> transactions, CancellationToken cancellation) =>
        PortableWriter.InsertAsync(db, transactions, cancellation);

    public Task<List<TransactionRecord>> ClaimDueTransactionsAsync(
        TowerDbContext db, DateTimeOffset asOf, int limit, CancellationToken cancellation) =>
        db.Transactions.FromSqlRaw(ClaimDueTransactionsSql, asOf, limit).AsNoTracking().ToListAsync(cancellation);

    public async Task<List<DocumentReference>> LockReferencesAsync(
        TowerDbContext db, IReadOnlyCollection<ReferenceKey> keys, CancellationToken cancellation)
    {
        if (keys.Count == 0)
        {
            return [];
        }

        var sorted = keys.Distinct().Order().ToArray();
        foreach (var key in sorted)
        {
            await db.Database.ExecuteSqlRawAsync(InsertReferenceSql, [key.Kind, key.Value, InnerDigits.From(key.Value)], cancellation);
        }

        return await db.References.FromSqlRaw(LockReferencesSql, Json(sorted)).AsNoTracking().ToListAsync(cancellation);
    }

    public Task InsertLinksAsync(TowerDbContext db, IReadOnlyCollection<ReferenceLink> links, CancellationToken cancellation) =>
        EachAsync(db, InsertLinkSql, links.Select(l => new object[] { l.ReferenceId, l.System, l.TransactionId }), cancellation);

    public async Task InsertCustomersAsync(
        TowerDbContext db, IEnumerable<CustomerLink> links, IEnumerable<CustomerWord> words, CancellationToken cancellation)
    {
        await MissingRows.InsertAsync(db, links.InKeyOrder(), cancellation);
        await MissingRows.InsertAsync(db, words.InKeyOrder(), cancellation);
    }

    public Task InsertDeferredReferencesAsync(
        TowerDbContext db, IReadOnlyCollection<DeferredReference> deferred, CancellationToken cancellation) =>
        EachAsync(db, InsertDeferredReferenceSql, deferred.Select(d => new object[] { d.ReferenceId, d.MessageId }), cancellation);

    public Task InsertRetractionsAsync(TowerDbContext db, IReadOnlyCollection<Retraction> retractions, CancellationToken cancellation) =>
        EachAsync(db, InsertRetractionSql, retractions.Select(r => new object[] { r.Connector, r.DedupeKey, r.ByMessageId }), cancellation);

    public async Task<List<long>> WithdrawCommandsAsync(
        TowerDbContext db, IReadOnlyCollection<long> ids, DateTimeOffset now, CancellationToken cancellation)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var free = (await db.Commands.FromSqlRaw(WithdrawableSql, Json(ids)).AsNoTracking().ToListAsync(cancellation))
            .ConvertAll(c => c.Id);
        await db.Commands.Where(c => free.Contains(c.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.State, CommandState.Withdrawn).SetProperty(c => c.SettledAt, now), cancellation);
        return free;
    }

    public async Task InsertCasesAsync(TowerDbContext db, IReadOnlyCollection<ExceptionCase> cases, CancellationToken cancellation)
    {
        foreach (var about in cases)
        {
            if (await db.Database.SqlQueryRaw<long>(UnresolvedCaseSql, about.CaseKey).ToListAsync(cancellation) is [])
            {
                await PortableWriter.InsertCaseAsync(db, about, cancellation);
            }
        }
    }

    public async Task WriteAsync(TowerDbContext db, EngineWrites writes, CancellationToken cancellation)
    {
        await CaseInserts.InsertNewAsync(this, db, writes, cancellation);
        await PortableWriter.WriteAsync(db, writes, cancellation);
        await InsertCustomersAsync(db, writes.CustomerLinks, writes.CustomerWords, cancellation);
    }

    public Task SealAsync(TowerDbContext db, IReadOnlyCollection<AuditEntry> entries, CancellationToken cancellation)
    {
        foreach (var entry in entries)
        {
            var row = db.Audit.Attach(entry);
            row.Property(e => e.Sequence).IsModified = true;
            row.Property(e => e.PreviousHash).IsModified = true;
            row.Property(e => e.Hash).IsModified = true;
        }

        return db.SaveChangesAsync(cancellation);
    }

    public Task NotifyAsync(TowerDbContext db, CancellationToken cancellation) => Task.CompletedTask;

    private static async Task EachAsync(TowerDbContext db, string sql, IEnumerable<object[]> rows, CancellationToken cancellation)
    {
        foreach (var row in rows)
        {
            await db.Database.ExecuteSqlRawAsync(sql, row, cancellation);
        }
    }

    private static string Json<TItem>(IEnumerable<TItem> items) => JsonSerializer.Serialize(items);

    /// <summary>A null among raw parameters has no type of its own.</summary>
    private static object Text(string? value) =>
        new SqlParameter { SqlDbType = System.Data.SqlDbType.NVarChar, Size = Lengths.Source, Value = (object?)value ?? DBNull.Value };
}
