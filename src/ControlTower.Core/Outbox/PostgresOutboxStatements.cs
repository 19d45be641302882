using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Persistence.Statements;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace ControlTower.Core.Outbox;

/// <summary>The outbox on PostgreSQL: a claim and a settlement are one statement each, whatever the number of rows.</summary>
internal sealed class PostgresOutboxStatements : IOutboxStatements
{
    private static readonly string[] MoneyKinds = [.. CommandKinds.All.Where(CommandKinds.MovesMoney)];

    private static readonly UnnestInsert<AttemptCompletion> Rows = new UnnestInsert<AttemptCompletion>("closing")
        .Big("id", c => c.Command.Id)
        .Integer("number", c => c.Command.Attempts)
        .Small("state", c => (short)c.State)
        .Instant("due_at", c => c.DueAt)
        .Text("external_id", c => c.ExternalId)
        .Text("code", c => c.Code)
        .Text("detail", c => c.Detail)
        .Small("outcome", c => (short)c.Outcome)
        .Integer("http_status", c => c.Result.HttpStatus);

    /// <summary>The sum keeps the plan on the key: the indexes of what is leased or in doubt are full of entries of rows that were so a moment ago.</summary>
    private static readonly string Settle = $"""
        WITH rows AS MATERIALIZED (SELECT * FROM {Rows.Source}),
        settled AS (
            UPDATE outbox_command c SET state = r.state, due_at = COALESCE(r.due_at, c.due_at),
                rank_at = c.rank_at + CASE WHEN r.state = 0 AND r.outcome IN (3, 6) THEN GREATEST(r.due_at - @now, interval '0') ELSE interval '0' END, lease_owner = NULL, lease_until = NULL,
                settled_at = CASE WHEN r.state IN (2, 3) THEN @now END, external_id = COALESCE(r.external_id, c.external_id),
                error_code = r.code, error_detail = CASE WHEN r.state = 2 THEN NULL ELSE r.detail END
            FROM rows r
            WHERE c.id = r.id AND c.attempts = r.number
                AND ((c.state + 0 = 1 AND c.lease_owner = @owner) OR (c.state + 0 IN (6, 8) AND r.state IN (2, 3)))
            RETURNING c.id),
        written AS (
            UPDATE command_attempt a SET ended_at = @now, outcome = r.outcome, http_status = r.http_status, detail = r.detail
            FROM rows r
            WHERE a.command_id = r.id AND a.number = r.number AND (a.outcome = 0 OR (a.outcome = 6 AND r.outcome IN (1, 2))))
        SELECT id FROM settled
        """;

    private string? _lockFree;

    public Task<List<OutboxCommand>> ClaimAsync(TowerDbContext db, ClaimRequest request, CancellationToken cancellation) =>
        db.Commands.FromSql($"""
            WITH due AS (
                SELECT id, kind = ANY({MoneyKinds}) OR policy_version <> {request.PolicyVersion} OR attempts > 0 AS judged FROM outbox_command
                WHERE state = 0 AND connector = {request.Connector} AND due_at <= {request.Now}
                    AND EXISTS (SELECT 1 FROM connector WHERE name = {request.Connector} AND NOT paused)
                ORDER BY rank_at, id LIMIT {request.Limit} FOR UPDATE SKIP LOCKED),
            taken AS (
                UPDATE outbox_command c SET state = 1, lease_owner = {request.Owner}, lease_until = {request.LeaseUntil}, attempts = c.attempts + 1
                FROM due WHERE c.id = due.id AND NOT due.judged RETURNING c.*),
            written AS (
                INSERT INTO command_attempt (command_id, number, started_at, outcome) SELECT id, attempts, {request.Now}, 0 FROM taken)
            SELECT * FROM taken UNION ALL SELECT c.* FROM outbox_command c JOIN due ON c.id = due.id WHERE due.judged ORDER BY rank_at, id
            """).AsNoTracking().ToListAsync(cancellation);

    public Task<List<TransactionRecord>> LockFreeTransactionsAsync(
        TowerDbContext db, IReadOnlyCollection<long> ids, IReadOnlyDictionary<long, int> known, CancellationToken cancellation) =>
        db.Transactions.FromSqlRaw(
            _lockFree ??= PostgresStatements.LockTransactions(db, "SKIP LOCKED"), ids.ToArray(), known.Keys.ToArray(), known.Values.ToArray())
            .AsNoTracking().ToListAsync(cancellation);

    public async Task BeginAsync(TowerDbContext db, IReadOnlyList<OutboxCommand> commands, ClaimRequest request, CancellationToken cancellation)
    {
        if (commands.Count == 0)
        {
            return;
        }

        await db.Database.ExecuteSqlAsync(
            $"""
            WITH taken AS (
                UPDATE outbox_command SET state = 1, lease_owner = {request.Owner}, lease_until = {request.LeaseUntil},
                    policy_version = {request.PolicyVersion}, attempts = attempts + 1
                WHERE id = ANY({commands.Select(command => command.Id).ToArray()}) RETURNING id, attempts)
            INSERT INTO command_attempt (command_id, number, started_at, outcome) SELECT id, attempts, {request.Now}, 0 FROM taken
            """,
            cancellation);
        foreach (var command in commands)
        {
            // Written already, so not the context's to save.
            db.Entry(command).State = EntityState.Detached;
            request.Take(command);
        }
    }

    public Task<List<OutboxCommand>> LockPendingAsync(TowerDbContext db, IReadOnlyCollection<long> ids, CancellationToken cancellation) =>
        db.Commands.FromSql($"""
            SELECT * FROM outbox_command WHERE id = ANY({ids.ToArray()}) AND state = 0 ORDER BY rank_at, id FOR UPDATE SKIP LOCKED
            """).ToListAsync(cancellation);

    public Task<List<OutboxCommand>> LockExpiredAsync(TowerDbContext db, DateTimeOffset now, int limit, CancellationToken cancellation) =>
        db.Commands.FromSql($"""
            SELECT * FROM outbox_command WHERE state = 1 AND lease_until < {now} ORDER BY lease_until, id LIMIT {limit} FOR UPDATE SKIP LOCKED
            """).ToListAsync(cancellation);

    public async Task<List<long>> SettleAsync(
        TowerDbContext db, string owner, DateTimeOffset now, IReadOnlyList<AttemptCompletion> closings, CancellationToken cancellation)
    {
        await using var command = Rows.Command(db, closings, Settle);
        command.Parameters.Add(new NpgsqlParameter("owner", NpgsqlDbType.Text) { Value = owner });
        command.Parameters.Add(new NpgsqlParameter("now", NpgsqlDbType.TimestampTz) { Value = UtcMicroseconds.Cut(now).UtcDateTime });
        var settled = new List<long>(closings.Count);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            settled.Add(reader.GetInt64(0));
        }

        return settled;
    }
}
