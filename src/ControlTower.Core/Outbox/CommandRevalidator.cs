using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Core.Processes.SalesOrders;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Outbox;

/// <summary>
/// Revalidation (I4): a command that moves money, was decided under another policy version, or was tried before, is
/// decided once more under its transaction's lock, in the very transaction that records the attempt. One that is no
/// longer wanted is withdrawn if it was never attempted. One that may have had its effect is sent again, because the
/// response makes its outcome known; if it moves money it is left to a person instead.
/// </summary>
internal sealed class CommandRevalidator(
    ITowerDb database, IOutboxStatements statements, RevalidationDecisions decisions, RevalidationRejection rejection,
    UnknownOutcomes outcomes)
{
    /// <summary>Takes those that pass. Transactions that the engine is working on are left for the next claim.</summary>
    /// <param name="candidates">Read without locks: locks are taken in one order, transactions before commands.</param>
    public async Task<List<OutboxCommand>> ClaimAsync(
        ClaimRequest request, IReadOnlyList<OutboxCommand> candidates, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var context = await decisions.CreateContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var taken = await RevalidateAsync(db, candidates, request with { PolicyVersion = context.Policies.Version }, context, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return taken;
    }

    private async Task<List<OutboxCommand>> RevalidateAsync(
        TowerDbContext db, IReadOnlyList<OutboxCommand> candidates, ClaimRequest request, DecisionContext context,
        CancellationToken cancellation)
    {
        var ids = candidates.Select(candidate => candidate.TransactionId).Distinct().ToList();
        var transactions = (await statements.LockFreeTransactionsAsync(db, ids, decisions.CachedVersionsOf(ids), cancellation))
            .Where(t => t.StateFormat <= TransactionState.Format)
            .ToDictionary(t => t.Id);
        var free = candidates.Where(candidate => transactions.ContainsKey(candidate.TransactionId))
            .Select(candidate => candidate.Id)
            .ToList();
        var wanted = new Dictionary<long, Decision>(transactions.Count);
        foreach (var transaction in transactions.Values)
        {
            wanted.Add(transaction.Id, await decisions.DecideAsync(db, transaction, context, cancellation));
        }

        var passed = new List<OutboxCommand>();
        var commands = await statements.LockPendingAsync(db, free, cancellation);
        var unknown = await outcomes.OfAsync(db, commands, cancellation);
        foreach (var command in commands)
        {
            var decision = wanted[command.TransactionId];
            var inDoubt = unknown.GetValueOrDefault(command.Id);

            // A command with an unknown outcome that is already satisfied is sent again under its key, so that its
            // outcome becomes known.
            var isLeaving = decision.Commands.Any(want => IsSame(want, command))
                || (inDoubt is not null && decision.AlreadySatisfied.Any(want => IsSame(want, command)))
                || !await rejection.RejectAsync(db, command, inDoubt, transactions[command.TransactionId], context, cancellation);
            if (isLeaving && await rejection.MaySendAsync(db, command, inDoubt, transactions[command.TransactionId], cancellation))
            {
                passed.Add(command);
            }
        }

        await statements.BeginAsync(db, passed, request, cancellation);
        return passed;
    }

    private static bool IsSame(WantedCommand want, OutboxCommand command) =>
        want.Series == command.Series && want.ContentHash == command.ContentHash && want.Mode == CommandMode.Send;
}
