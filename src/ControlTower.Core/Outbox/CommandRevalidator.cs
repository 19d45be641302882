using ControlTower.Core.Audit;
using ControlTower.Core.Connectors;
using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Engine;
using ControlTower.Core.Facts;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Persistence.Policies;
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
    ITowerDb database, IOutboxStatements statements, IPolicyStore policies, ISystemTopologyStore topology, InboxWriter inbox,
    TransactionLoader loader, StateCache states, EngineSignal engine, AuditTrail audit,
    UnknownOutcomes doubt, TowerClocks clocks)
{
    /// <summary>Takes those that pass. Transactions that the engine is working on are left for the next claim.</summary>
    /// <param name="candidates">Read without locks: locks are taken in one order, transactions before commands.</param>
    public async Task<List<OutboxCommand>> ClaimAsync(
        ClaimRequest request, IReadOnlyList<OutboxCommand> candidates, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var context = new DecisionContext(
            await policies.GetAsync(cancellation), await topology.GetAsync(cancellation),
            clocks.BusinessNow - (TowerClocks.FairChance * clocks.Speed));
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
        var transactions = (await statements.LockFreeTransactionsAsync(db, ids, states.VersionsOf(ids), cancellation))
            .Where(t => t.StateFormat <= TransactionState.Format)
            .ToDictionary(t => t.Id);
        var free = candidates.Where(candidate => transactions.ContainsKey(candidate.TransactionId))
            .Select(candidate => candidate.Id)
            .ToList();
        var wanted = new Dictionary<long, Decision>(transactions.Count);
        foreach (var transaction in transactions.Values)
        {
            wanted.Add(transaction.Id, await DecideAsync(db, transaction, context, cancellation));
        }

        var passed = new List<OutboxCommand>();
        var commands = await statements.LockPendingAsync(db, free, cancellation);
        var doubts = await doubt.OfAsync(db, commands, cancellation);
        foreach (var command in commands)
        {
            var decision = wanted[command.TransactionId];
            var inDoubt = doubts.GetValueOrDefault(command.Id);

            // A command with an unknown outcome that is already satisfied is sent again under its key, so that its
            // outcome becomes known.
            var isLeaving = decision.Commands.Any(want => IsSame(want, command))
                || (inDoubt is not null && decision.AlreadySatisfied.Any(want => IsSame(want, command)))
                || !await TurnAwayAsync(db, command, inDoubt, transactions[command.TransactionId], context, cancellation);
            if (isLeaving && await MaySendAsync(db, command, inDoubt, transactions[command.TransactionId], cancellation))
            {
                passed.Add(command);
            }
        }

        await statements.BeginAsync(db, passed, request, cancellation);
        return passed;
    }

    /// <summary>
    /// Deciding does not change the state: it goes back into the cache for the engine, which waits for the row's lock.
    /// </summary>
    private async Task<Decision> DecideAsync(
        TowerDbContext db, TransactionRecord transaction, DecisionContext context, CancellationToken cancellation)
    {
        var state = await loader.StateAsync(db, transaction, cancellation);
        var decision = Decider.Decide(state, context);
        states.Put([(transaction, state)]);
        return decision;
    }

    private static bool IsSame(WantedCommand want, OutboxCommand command) =>
        want.Series == command.Series && want.ContentHash == command.ContentHash && want.Mode == CommandMode.Send;

    /// <returns>Whether it was rejected; false for one with an unknown outcome that moves no money.</returns>
    private async Task<bool> TurnAwayAsync(
        TowerDbContext db, OutboxCommand command, UnknownOutcome? inDoubt, TransactionRecord transaction, DecisionContext context,
        CancellationToken cancellation)
    {
        if (inDoubt is not null && !CommandKinds.MovesMoney(command.Kind))
        {
            return false;
        }

        if (inDoubt is not null && await doubt.PolicyAsync(command, inDoubt, cancellation) == UnknownOutcomePolicy.LookupFirst)
        {
            LookFirst(command);
            return true;
        }

        if (inDoubt is not null)
        {
            await AskPersonAsync(
                db, command, transaction.Key, "An earlier attempt may have had its effect, and the policy no longer lets it be sent.",
                cancellation);
            return true;
        }

        command.State = CommandState.Withdrawn;
        command.SettledAt = clocks.SystemNow;
        audit.Add(
            db, Actor.Tower, "command.withdrawn", "command", command.Key, transaction.Key, "Nobody wants it any more and it never left.",
            command.ContentHash);

        // The engine decides again, because it may want other content instead.
        await db.Transactions.Where(t => t.Id == transaction.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.NextLookAt, context.AsOf), cancellation);
        return true;
    }

    /// <summary>
    /// A command with an unknown outcome is sent again automatically only where the target certainly keeps its key;
    /// elsewhere it is looked up, or a person checks.
    /// </summary>
    private async Task<bool> MaySendAsync(
        TowerDbContext db, OutboxCommand command, UnknownOutcome? inDoubt, TransactionRecord transaction, CancellationToken cancellation)
    {
        switch (inDoubt is null ? UnknownOutcomePolicy.NativeKey : await doubt.PolicyAsync(command, inDoubt, cancellation))
        {
            case UnknownOutcomePolicy.NativeKey:
                return true;
            case UnknownOutcomePolicy.LookupFirst:
                LookFirst(command);
                return false;
            default:
                await AskPersonAsync(
                    db, command, transaction.Key,
                    $"An earlier attempt may have had its effect, and {command.Connector} would not know the key for certain.",
                    cancellation);
                return false;
        }
    }

    private void LookFirst(OutboxCommand command)
    {
        command.State = CommandState.LookingUp;
        command.DueAt = clocks.SystemNow;
    }

    private async Task AskPersonAsync(
        TowerDbContext db, OutboxCommand command, string transactionKey, string reason, CancellationToken cancellation)
    {
        command.State = CommandState.OutcomeUnknown;
        command.ErrorDetail = reason;
        var message = InternalEvents.CommandUnknown(
            OutcomeMessages.Identity(command, transactionKey), command.Attempts, reason, clocks.BusinessNow);
        await inbox.WriteAsync(db, Roles.Tower, [OutcomeMessages.Incoming(message, command.TraceParent)], cancellation);
        engine.Raise();
    }
}
