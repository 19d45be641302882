using System.Text.Json;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Housekeeping;
using ControlTower.Core.Persistence.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Housekeeping;

/// <summary>
/// Takes the completed commands of orders that have come to their end out of the outbox, all of an order's at once,
/// under its row's lock and with a mark on it: a fact that comes later all the same is decided with them.
/// </summary>
public sealed class OutboxArchiver(ITowerDb database, TowerClocks clocks, HousekeepingOptions options)
{
    private static readonly CommandState[] Unsettled = [
        CommandState.Pending, CommandState.Unrouted, CommandState.Sending, CommandState.OutcomeUnknown];

    /// <summary>Orders in one batch: some six commands each.</summary>
    private int Orders => Math.Max(1, options.BatchSize / 6);

    /// <summary>Moves batches for less than the minute until the next run.</summary>
    public Task<int> MoveAllAsync(CancellationToken cancellation = default) =>
        BoundedRun.RepeatAsync([MoveAsync], BoundedRun.Longest, clocks.System, cancellation);

    /// <summary>Moves one batch.</summary>
    /// <returns>How many orders were handled; fewer than a batch when there are no more.</returns>
    public async Task<int> MoveAsync(CancellationToken cancellation = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var found = await Ended(db, clocks.SystemNow.AddHours(-options.OutboxHours)).Take(Orders).ToArrayAsync(cancellation);
        if (found.Length == 0)
        {
            return 0;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var locked = (await database.Statements.LockTransactionsAsync(db, found, cancellation)).ConvertAll(row => row.Id);

        // Checked again now that the rows are locked.
        var ids = await Ended(db, clocks.SystemNow.AddHours(-options.OutboxHours)).Where(id => locked.Contains(id))
            .ToArrayAsync(cancellation);
        await MoveAsync(db, ids, cancellation);
        await transaction.CommitAsync(cancellation);
        return found.Length;
    }

    /// <summary>At its end, unchanged for that long, nothing open and no command in flight.</summary>
    internal static IQueryable<long> Ended(TowerDbContext db, DateTimeOffset before) =>
        db.Transactions
            .Where(t =>
                t.Stage >= TransactionStage.Posted && t.Health == TransactionHealth.Ok && t.CommandsArchivedAt == null
                    && t.UpdatedAt < before)
            .Where(t => !db.Commands.Any(c => c.TransactionId == t.Id && Unsettled.Contains(c.State)))
            .Where(t => !db.Cases.Any(c => c.TransactionId == t.Id && c.State < CaseState.Resolved))
            .OrderBy(t => t.UpdatedAt).ThenBy(t => t.Id).Select(t => t.Id);

    private async Task MoveAsync(TowerDbContext db, long[] ids, CancellationToken cancellation)
    {
        var now = UtcMicroseconds.Cut(clocks.SystemNow);
        var commands = await db.Commands.AsNoTracking().Where(c => ids.Contains(c.TransactionId)).ToListAsync(cancellation);
        var numbers = commands.ConvertAll(c => c.Id);
        var attempts = (await db.Attempts.AsNoTracking()
            .Where(a => numbers.Contains(a.CommandId))
            .OrderBy(a => a.Number)
            .ToListAsync(cancellation)).ToLookup(a => a.CommandId);
        db.AddRange(commands.Select(c => For(c, attempts[c.Id])));
        await db.SaveChangesAsync(cancellation);
        await db.Attempts.Where(a => numbers.Contains(a.CommandId)).ExecuteDeleteAsync(cancellation);
        await db.Commands.Where(c => numbers.Contains(c.Id)).ExecuteDeleteAsync(cancellation);
        await db.Transactions.Where(t => ids.Contains(t.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.CommandsArchivedAt, now), cancellation);
    }

    private static ArchivedCommand For(OutboxCommand command, IEnumerable<CommandAttempt> attempts) => new()
    {
        Id = command.Id,
        TransactionId = command.TransactionId,
        Kind = command.Kind,
        Series = command.Series,
        Number = command.Number,
        Key = command.Key,
        Connector = command.Connector,
        Site = command.Site,
        ContentHash = command.ContentHash,
        Amount = command.Amount,
        Currency = command.Currency,
        State = command.State,
        Attempts = command.Attempts,
        CreatedAt = command.CreatedAt,
        DueAt = command.DueAt,
        SettledAt = command.SettledAt,
        ExternalId = command.ExternalId,
        ErrorCode = command.ErrorCode,
        ErrorDetail = command.ErrorDetail,
        Body = CompressedPayload.Pack(command.Body),
        AttemptList = CompressedPayload.Pack(JsonSerializer.SerializeToUtf8Bytes(attempts, JsonSerializerOptions.Web)),
    };
}
