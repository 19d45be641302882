using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Engine;

/// <summary>
/// Decides transactions again whose clock ran out: Decide with a later time, and nothing else. Several nodes share the
/// due rows by skipping those that another holds.
/// </summary>
internal sealed class ClockWorker(
    ITowerDb database, CycleContexts contexts, TransactionLoader loader, TransactionWriter writer, EngineAnnouncer announcer,
    ILogger<ClockWorker> log)
{
    private const int MostAtOnce = 200;

    /// <summary>How long a transaction that cannot be decided is postponed, in business time.</summary>
    private static readonly TimeSpan PutOff = TimeSpan.FromHours(6);

    /// <returns>How many transactions were decided; a full batch means that there are more.</returns>
    public async Task<int> RunCycleAsync(CancellationToken cancellation = default)
    {
        try
        {
            return await RunAsync(MostAtOnce, cancellation);
        }
        catch (Exception error) when (error is not OperationCanceledException && !TransientErrors.IsTransient(error))
        {
            log.LogError(error, "Due transactions cannot be decided together; each is now looked at alone");
            return await RunOneByOneAsync(cancellation);
        }
    }

    private async Task<int> RunAsync(int limit, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        db.Database.AutoSavepointsEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var context = await contexts.CreateAsync(db, cancellation);
        var due = await database.Statements.ClaimDueTransactionsAsync(db, context.AsOf, limit, cancellation);
        if (due.Count == 0)
        {
            return 0;
        }

        var units = await loader.LoadAsync(db, due, cancellation);
        await writer.WriteAsync(context, units.Values, new HashSet<long>(), cancellation);
        await database.Statements.WriteAsync(db, context.Writes, cancellation);
        await transaction.CommitAsync(cancellation);
        await announcer.AnnounceAsync(
            new Change([.. due.Select(t => t.Id)],
                [.. context.Writes.NewCases.Select(c => c.Case.Id), .. context.Writes.ChangedCases.Select(c => c.Id)]), cancellation);
        return due.Count;
    }

    private async Task<int> RunOneByOneAsync(CancellationToken cancellation)
    {
        for (var looked = 0; looked < MostAtOnce; looked++)
        {
            try
            {
                if (await RunAsync(1, cancellation) == 0)
                {
                    return looked;
                }
            }
            catch (Exception error) when (error is not OperationCanceledException && !TransientErrors.IsTransient(error))
            {
                await PutOffAsync(error, cancellation);
            }
        }

        return MostAtOnce;
    }

    private async Task PutOffAsync(Exception error, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var context = await contexts.CreateAsync(db, cancellation);
        if (await database.Statements.ClaimDueTransactionsAsync(db, context.AsOf, 1, cancellation) is [var due])
        {
            log.LogError(
                error, "Transaction {TransactionKey} cannot be decided; its clock is put off by {Hours} h", due.Key, PutOff.TotalHours);
            var next = context.AsOf + PutOff;
            await db.Transactions.Where(t => t.Id == due.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.NextLookAt, next), cancellation);
            await transaction.CommitAsync(cancellation);
        }
    }
}
