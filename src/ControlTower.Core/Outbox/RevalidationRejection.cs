using ControlTower.Core.Audit;
using ControlTower.Core.Connectors;
using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Facts;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Outbox;

/// <summary>What becomes of a command that revalidation does not let pass: withdrawn, looked up, or left to a person.</summary>
internal sealed class RevalidationRejection(
    InboxWriter inbox, EngineSignal engine, AuditTrail audit, UnknownOutcomes outcomes, TowerClocks clocks)
{
    /// <returns>Whether it was rejected; false for one with an unknown outcome that moves no money.</returns>
    public async Task<bool> RejectAsync(
        TowerDbContext db, OutboxCommand command, UnknownOutcome? inDoubt, TransactionRecord transaction, DecisionContext context,
        CancellationToken cancellation)
    {
        if (inDoubt is not null && !CommandKinds.MovesMoney(command.Kind))
        {
            return false;
        }

        if (inDoubt is not null && await outcomes.PolicyAsync(command, inDoubt, cancellation) == UnknownOutcomePolicy.LookupFirst)
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
    public async Task<bool> MaySendAsync(
        TowerDbContext db, OutboxCommand command, UnknownOutcome? inDoubt, TransactionRecord transaction, CancellationToken cancellation)
    {
        switch (inDoubt is null ? UnknownOutcomePolicy.NativeKey : await outcomes.PolicyAsync(command, inDoubt, cancellation))
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
