using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Persistence.Statements;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace ControlTower.Core.Outbox;

/// <summary>
/// The outbox on PostgreSQL: a claim and a settlement are one statement each, whatever the number of rows.
/// </summary>
internal sealed class PostgresOutboxStatements : IOutboxStatements
{
    private static readonly string[] MoneyKinds = [.. CommandKinds.All.Where(CommandKinds.MovesMoney)];

    private const string AttemptColumns = "command_id, number, started_at, outcome";

    private static readonly string Settled = $"{CommandState.Accepted:D}, {CommandState.Rejected:D}";

    /// <summary>A failed command is delayed by as long as it waits.</summary>
    private static readonly string BackOff =
        $"CASE WHEN r.state = {CommandState.Pending:D} AND r.outcome IN ({AttemptOutcome.NotSent:D}, {AttemptOutcome.Unknown:D})"
        + " THEN GREATEST(r.due_at - @now, interval '0') ELSE interval '0' END";

    private static readonly string IsOwners = $"(c.state + 0 = {CommandState.Sending:D} AND c.lease_owner = @owner)";

    private static readonly string IsLateAnswer =
        $"(c.state + 0 IN ({CommandState.OutcomeUnknown:D}, {CommandState.LookingUp:D}) AND r.state IN ({Settled}))";

    private static readonly UnnestInsert<AttemptCompletion> Rows = new UnnestInsert<AttemptCompletion>("closing")
        .Big("id", c => c.Command.Id)
        .Text("connector", c => c.Command.Connector)
        .Integer("number", c => c.Command.Attempts)
        .Small("state", c => (short)c.State)
        .Instant("due_at", c => c.DueAt)
        .Text("external_id", c => c.ExternalId)
        .Text("code", c => c.Code)
        .Text("detail", c => c.Detail)
        .Small("outcome", c => (short)c.Outcome)
        .Integer("http_status", c => c.Result.HttpStatus);

    private static readonly string EndAttempt = """
        UPDATE command_attempt a SET ended_at = @now, outcome = r.outcome, http_status = r.http_status, detail = r.detail
        FROM rows r
        WHERE a.command_id = r.id AND a.number = r.number
        """;

    /// <summary>
    /// Attempts are read last, so that each command is locked before its attempt. The sum keeps the plan on the key: the
    /// indexes of what is leased or in doubt are full of entries of rows that were so a moment ago.
    /// </summary>
    private static readonly string Settle = $"""
        WITH rows AS MATERIALIZED (SELECT * FROM {Rows.Source}),
        settled AS (
            UPDATE outbox_command c SET state = r.state, due_at = COALESCE(r.due_at, c.due_at),
                rank_at = c.rank_at + {BackOff}, lease_owner = NULL, lease_until = NULL,
                settled_at = CASE WHEN r.state IN ({Settled}) THEN @now END, external_id = COALESCE(r.external_id, c.external_id),
                error_code = r.code, error_detail = CASE WHEN r.state = {CommandState.Accepted:D} THEN NULL ELSE r.detail END
            FROM rows r
            WHERE c.id = r.id AND c.attempts = r.number
                AND ({IsOwners} OR {IsLateAnswer})
            RETURNING c.id),
        written AS ({EndAttempt} AND a.outcome = {AttemptOutcome.UnderWay:D} RETURNING r.connector, a.started_at, a.outcome),
        counted AS ({ConnectorHourStatements.Ended})
        SELECT id, NULL FROM settled UNION ALL SELECT NULL, count(*) FROM written
        """;

    /// <summary>
    /// Attempts whose unknown outcome became known: counted is the difference to what they were counted as. A statement
    /// of its own, because one that waited for a sweep's locks does not see what the sweep made of the attempt.
    /// </summary>
    private static readonly string SettleLate = $"""
        WITH rows AS MATERIALIZED (SELECT * FROM {Rows.Source}),
        written AS ({EndAttempt} AND a.outcome = {AttemptOutcome.Unknown:D} RETURNING r.connector, a.started_at, a.outcome)
        {ConnectorHourStatements.EndedLate}
        """;

    /// <summary>The arguments in the order in which the text names them.</summary>
    private static readonly string Claim = $$"""
        WITH due AS (
            SELECT id, kind = ANY({0}) OR policy_version <> {1} OR attempts > 0 AS judged FROM outbox_command
            WHERE state = {{CommandState.Pending:D}} AND connector = {2} AND due_at <= {3}
                AND EXISTS (SELECT 1 FROM connector WHERE name = {4} AND NOT paused)
            ORDER BY rank_at, id LIMIT {5} FOR UPDATE SKIP LOCKED),
        taken AS (
            UPDATE outbox_command c SET state = {{CommandState.Sending:D}}, lease_owner = {6}, lease_until = {7}, attempts = c.attempts + 1
            FROM due WHERE c.id = due.id AND NOT due.judged RETURNING c.*),
        written AS (
            INSERT INTO command_attempt ({{AttemptColumns}}) SELECT id, attempts, {8}, {{AttemptOutcome.UnderWay:D}} FROM taken)
        SELECT * FROM taken UNION ALL SELECT c.* FROM outbox_command c JOIN due ON c.id = due.id WHERE due.judged ORDER BY rank_at, id
        """;

    private static readonly string Begin = $$"""
        WITH taken AS (
            UPDATE outbox_command SET state = {{CommandState.Sending:D}}, lease_owner = {0}, lease_until = {1},
                policy_version = {2}, attempts = attempts + 1
            WHERE id = ANY({3}) RETURNING id, attempts)
        INSERT INTO command_attempt ({{AttemptColumns}}) SELECT id, attempts, {4}, {{AttemptOutcome.UnderWay:D}} FROM taken
        """;

    private static readonly string Pending = $"SELECT * FROM outbox_command WHERE id = ANY({{0}}) AND state = {CommandState.Pending:D}"
        + " ORDER BY rank_at, id FOR UPDATE SKIP LOCKED";

    private static readonly string Expired = $"SELECT * FROM outbox_command WHERE state = {CommandState.Sending:D} AND lease_until < {{0}}"
        + " ORDER BY lease_until, id LIMIT {1} FOR UPDATE SKIP LOCKED";

    private string? _lockFree;

    public Task<List<OutboxCommand>> ClaimAsync(TowerDbContext db, ClaimRequest request, CancellationToken cancellation) =>
        db.Commands.FromSqlRaw(
            Claim, MoneyKinds, request.PolicyVersion, request.Connector, request.Now, request.Connector, request.Limit,
            request.Owner, request.LeaseUntil, request.Now).AsNoTracking().ToListAsync(cancellation);

    public Task<List<TransactionRecord>> LockFreeTransactionsAsync(
        TowerDbContext db, IReadOnlyCollection<long> ids, IReadOnlyDictionary<long, int> known, CancellationToken cancellation) =>
        db.Transactions.FromSqlRaw(
            _lockFree ??= PostgresStatements.LockTransactions(db, "SKIP LOCKED"), ids.ToArray(), known.Keys.ToArray(),
            known.Values.ToArray())
            .AsNoTracking().ToListAsync(cancellation);

    public async Task BeginAsync(
        TowerDbContext db, IReadOnlyList<OutboxCommand> commands, ClaimRequest request, CancellationToken cancellation)
    {
        if (commands.Count == 0)
        {
            return;
        }

        var ids = commands.Select(command => command.Id).ToArray();
        await db.Database.ExecuteSqlRawAsync(
            Begin, [request.Owner, request.LeaseUntil, request.PolicyVersion, ids, request.Now], cancellation);
        foreach (var command in commands)
        {
            // Written already, so the context must not save it.
            db.Entry(command).State = EntityState.Detached;
            request.Take(command);
        }
    }

    public Task<List<OutboxCommand>> LockPendingAsync(TowerDbContext db, IReadOnlyCollection<long> ids, CancellationToken cancellation) =>
        db.Commands.FromSqlRaw(Pending, ids.ToArray()).ToListAsync(cancellation);

    public Task<List<OutboxCommand>> LockExpiredAsync(TowerDbContext db, DateTimeOffset now, int limit, CancellationToken cancellation) =>
        db.Commands.FromSqlRaw(Expired, now, limit).ToListAsync(cancellation);

    public async Task<List<long>> SettleAsync(
        TowerDbContext db, string owner, DateTimeOffset now, IReadOnlyList<AttemptCompletion> closings, CancellationToken cancellation)
    {
        await using var command = Command(db, closings, Settle, now);
        command.Parameters.Add(new NpgsqlParameter("owner", NpgsqlDbType.Text) { Value = owner });
        var (settled, written) = await ReadAsync(command, cancellation);
        if (written < closings.Count && closings.Where(closing => closing.IsSettled).ToList() is { Count: > 0 } answered)
        {
            await using var late = Command(db, answered, SettleLate, now);
            await late.ExecuteNonQueryAsync(cancellation);
        }

        return settled;
    }

    /// <summary>The ids of the commands, and the number of the attempts.</summary>
    private static async Task<(List<long> Settled, long Written)> ReadAsync(NpgsqlCommand settle, CancellationToken cancellation)
    {
        var (settled, written) = (new List<long>(), 0L);
        await using var reader = await settle.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            if (await reader.IsDBNullAsync(0, cancellation))
            {
                written = reader.GetInt64(1);
            }
            else
            {
                settled.Add(reader.GetInt64(0));
            }
        }

        return (settled, written);
    }

    private static NpgsqlCommand Command(TowerDbContext db, IReadOnlyList<AttemptCompletion> closings, string sql, DateTimeOffset now)
    {
        var command = Rows.Command(db, closings, sql);
        command.Parameters.Add(new NpgsqlParameter("now", NpgsqlDbType.TimestampTz) { Value = UtcMicroseconds.Cut(now).UtcDateTime });
        return command;
    }
}
