using System.Text.Json;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Persistence.Statements;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Outbox;

/// <summary>
/// The same on SQL Server: rows are locked by hint and written by EF Core in its batches. Translated in the tests; run
/// against a server only where <c>CONTROLTOWER_TEST_SQLSERVER</c> names one.
/// </summary>
internal sealed class SqlServerOutboxStatements : IOutboxStatements
{
    private const string NotPaused = "EXISTS (SELECT 1 FROM connector WHERE name = {0} AND paused = 0)";

    internal static readonly string DueSql = $$"""
        SELECT TOP ({2}) * FROM outbox_command {{SqlServerStatements.Claim}}
        WHERE state = {{CommandState.Pending:D}} AND connector = {0} AND due_at <= {1} AND {{NotPaused}}
        ORDER BY rank_at, id
        """;

    internal const string FreeTransactionsSql =
        $"SELECT * FROM [transaction] {SqlServerStatements.Claim} WHERE id IN (SELECT CAST(value AS bigint) FROM OPENJSON({{0}})) ORDER BY "
            + "id";

    internal static readonly string PendingSql =
        $"SELECT * FROM outbox_command {SqlServerStatements.Claim} WHERE id IN (SELECT CAST(value AS bigint) FROM OPENJSON({{0}}))"
        + $" AND state = {CommandState.Pending:D} ORDER BY rank_at, id";

    internal static readonly string ExpiredSql =
        $"SELECT TOP ({{1}}) * FROM outbox_command {SqlServerStatements.Claim}"
        + $" WHERE state = {CommandState.Sending:D} AND lease_until < {{0}} ORDER BY lease_until, id";

    internal static readonly string AttemptedSql =
        $"SELECT * FROM outbox_command {SqlServerStatements.Lock} WHERE id IN (SELECT CAST(value AS bigint) FROM OPENJSON({{0}}))"
        + $" AND state IN ({CommandState.Sending:D}, {CommandState.OutcomeUnknown:D}, {CommandState.LookingUp:D})";

    public async Task<List<OutboxCommand>> ClaimAsync(TowerDbContext db, ClaimRequest request, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var due = await db.Commands.FromSqlRaw(DueSql, request.Connector, request.Now, request.Limit).ToListAsync(cancellation);
        await BeginAsync(db, due.FindAll(command => !request.IsRevalidated(command)), request, cancellation);
        await transaction.CommitAsync(cancellation);
        return due;
    }

    public Task<List<TransactionRecord>> LockFreeTransactionsAsync(
        TowerDbContext db, IReadOnlyCollection<long> ids, IReadOnlyDictionary<long, int> known, CancellationToken cancellation) =>
        db.Transactions.FromSqlRaw(FreeTransactionsSql, Json(ids)).AsNoTracking().ToListAsync(cancellation);

    public Task<List<OutboxCommand>> LockPendingAsync(TowerDbContext db, IReadOnlyCollection<long> ids, CancellationToken cancellation) =>
        db.Commands.FromSqlRaw(PendingSql, Json(ids)).ToListAsync(cancellation);

    public Task BeginAsync(TowerDbContext db, IReadOnlyList<OutboxCommand> commands, ClaimRequest request, CancellationToken cancellation)
    {
        foreach (var command in commands)
        {
            request.Take(command);
            db.Attempts.Add(new CommandAttempt { CommandId = command.Id, Number = command.Attempts, StartedAt = request.Now });
        }

        return db.SaveChangesAsync(cancellation);
    }

    public Task<List<OutboxCommand>> LockExpiredAsync(TowerDbContext db, DateTimeOffset now, int limit, CancellationToken cancellation) =>
        db.Commands.FromSqlRaw(ExpiredSql, now, limit).ToListAsync(cancellation);

    public async Task<List<long>> SettleAsync(
        TowerDbContext db, string owner, DateTimeOffset now, IReadOnlyList<AttemptCompletion> closings, CancellationToken cancellation)
    {
        var ids = closings.Select(closing => closing.Command.Id).ToList();
        var commands = (await db.Commands.FromSqlRaw(AttemptedSql, Json(ids)).ToListAsync(cancellation))
            .ToDictionary(command => command.Id);
        var attempts = await db.Attempts.Where(attempt => ids.Contains(attempt.CommandId)).ToListAsync(cancellation);
        var settled = new List<long>(closings.Count);
        var hours = new ConnectorHourChanges();
        foreach (var closing in closings)
        {
            WriteAttempt(
                attempts.Find(a => a.CommandId == closing.Command.Id && a.Number == closing.Command.Attempts), closing, now, hours);
            if (commands.TryGetValue(closing.Command.Id, out var command) && IsStillHis(command, closing, owner))
            {
                Write(command, closing, now);
                settled.Add(command.Id);
            }
        }

        db.AddRange(hours.Rows);
        await db.SaveChangesAsync(cancellation);
        return settled;
    }

    private static bool IsStillHis(OutboxCommand command, AttemptCompletion closing, string owner) =>
        command.Attempts == closing.Command.Attempts
        && (command.State == CommandState.Sending ? command.LeaseOwner == owner : closing.IsSettled);

    private static void Write(OutboxCommand command, AttemptCompletion closing, DateTimeOffset now)
    {
        command.State = closing.State;
        command.RankAt += closing.ReturnsToQueue(now);
        command.DueAt = closing.DueAt ?? command.DueAt;
        command.LeaseOwner = null;
        command.LeaseUntil = null;
        command.SettledAt = closing.IsSettled ? now : null;
        command.ExternalId = closing.ExternalId ?? command.ExternalId;
        command.ErrorCode = closing.Code;
        command.ErrorDetail = closing.State == CommandState.Accepted ? null : closing.Detail;
    }

    private static void WriteAttempt(CommandAttempt? attempt, AttemptCompletion closing, DateTimeOffset now, ConnectorHourChanges hours)
    {
        if (attempt is null
            || !(attempt.Outcome == AttemptOutcome.UnderWay || (attempt.Outcome == AttemptOutcome.Unknown && closing.IsSettled)))
        {
            return;
        }

        var before = attempt.Outcome;
        attempt.EndedAt = now;
        attempt.Outcome = closing.Outcome;
        attempt.HttpStatus = closing.Result.HttpStatus;
        attempt.Detail = closing.Detail;
        hours.Add(closing.Command.Connector, attempt, before);
    }

    private static string Json(IEnumerable<long> ids) => JsonSerializer.Serialize(ids);
}
