using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Engine;

/// <summary>
/// Runs cycles over the inbox. A batch that cannot be processed is halved until the message that causes the error is
/// alone; that one becomes a case and the others continue. An error of the database belongs to no message: the batch
/// waits where it was.
/// </summary>
internal sealed class EngineWorker(
    ITowerDb database,
    EngineCycle cycle,
    CycleContexts contexts,
    MessageCases cases,
    EngineOptions options,
    EngineAnnouncer announcer,
    LifecycleLog life,
    ILogger<EngineWorker> log)
{
    /// <summary>
    /// Errors of the database in a row after which a batch is halved all the same: one message may cause them.
    /// </summary>
    private const int PatienceWithDatabase = 3;
    private int _faultsInARow;

    /// <summary>One batch of what is due. Throws for errors of the database; then nothing of the batch was written.</summary>
    public async Task<CycleResult> RunCycleAsync(CancellationToken cancellation = default)
    {
        try
        {
            var result = await RunAsync(
                (db, now, token) => database.Statements.ClaimMessagesAsync(db, now, options.BatchSize, token), cancellation);
            _faultsInARow = 0;
            return result;
        }
        catch (BatchException error) when (!TransientErrors.IsTransient(error.InnerException!) || ++_faultsInARow > PatienceWithDatabase)
        {
            return await IsolateAsync(error.Messages, error.InnerException!, cancellation);
        }
    }

    /// <summary>Runs cycles until nothing is due. For tests and for the end of a replay.</summary>
    public async Task<int> RunUntilQuietAsync(CancellationToken cancellation = default)
    {
        var applied = 0;
        while (await RunCycleAsync(cancellation) is { Claimed: > 0 } result)
        {
            applied += result.Applied;
        }

        return applied;
    }

    private async Task<CycleResult> RunAsync(EngineCycle.Claim claim, CancellationToken cancellation)
    {
        var result = await cycle.RunAsync(claim, cancellation);
        life.Report(result.Facts);
        await announcer.AnnounceAsync(result.Change, cancellation);
        return result;
    }

    private async Task<CycleResult> IsolateAsync(IReadOnlyList<long> messages, Exception error, CancellationToken cancellation)
    {
        if (messages.Count == 1)
        {
            return await SetAsideAsync(messages[0], error, cancellation);
        }

        var half = messages.Count / 2;
        var first = await TryAsync([.. messages.Take(half)], cancellation);
        var second = await TryAsync([.. messages.Skip(half)], cancellation);
        return new CycleResult(
            messages.Count,
            first.Applied + second.Applied,
            first.Commands + second.Commands,
            new Change([.. first.Change.Transactions, .. second.Change.Transactions], [.. first.Change.Cases, .. second.Change.Cases]));
    }

    private async Task<CycleResult> TryAsync(List<long> messages, CancellationToken cancellation)
    {
        try
        {
            return await RunAsync((db, _, token) => database.Statements.ClaimMessagesAsync(db, messages, token), cancellation);
        }
        catch (BatchException error)
        {
            return await IsolateAsync(messages, error.InnerException!, cancellation);
        }
    }

    /// <summary>
    /// The message that causes its batch's error: failed with a case, or, when the database causes it, tried again
    /// later.
    /// </summary>
    private async Task<CycleResult> SetAsideAsync(long message, Exception error, CancellationToken cancellation)
    {
        var isTransient = TransientErrors.IsTransient(error);
        log.LogError(
            error, "Message {MessageId} cannot be processed and is {Outcome}", message, isTransient ? "tried again later" : "set aside");
        await using var db = await database.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await database.Statements.ClaimMessagesAsync(db, [message], cancellation) is not [var claimed])
        {
            return CycleResult.Nothing;
        }

        var context = await contexts.CreateAsync(db, cancellation);
        claimed.Attempts++;
        if (isTransient)
        {
            claimed.DueAt = context.SystemNow + TimeSpan.FromSeconds(Math.Min(options.BackoffSeconds, claimed.Attempts));
        }
        else
        {
            claimed.State = InboxState.Failed;
            claimed.ProcessedAt = context.SystemNow;
            var existing = await MessageCases.ReadAsync(db, [message], cancellation);
            cases.Open(context, claimed, existing, ReasonCodes.SchemaInvalid, $"The event could not be processed: {error.Message}", null);
        }

        context.Writes.Settle(claimed);
        await database.Statements.WriteAsync(db, context.Writes, cancellation);
        await transaction.CommitAsync(cancellation);
        var change = new Change([], [.. context.Writes.NewCases.Select(c => c.Case.Id), .. context.Writes.ChangedCases.Select(c => c.Id)]);
        await announcer.AnnounceAsync(change, cancellation);
        return new CycleResult(1, 0, 0, change);
    }
}
