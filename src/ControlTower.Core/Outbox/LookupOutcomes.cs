using ControlTower.Core.Connectors;
using ControlTower.Core.Facts;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Outbox;

/// <summary>The consequences of a lookup, each by compare-and-set.</summary>
internal sealed class LookupOutcomes(
    ITowerDb database, CompletionTransaction settlement, InboxWriter inbox, EngineSignal engine, OutboxSignal outbox,
    RetrySchedule schedule, OutboxOptions options, TowerClocks clocks)
{
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(5);

    /// <summary>As if the target had responded to the attempt: the same transaction, the same message.</summary>
    public Task FoundAsync(OutboxCommand command, LookUpResult found, CancellationToken cancellation) => settlement.WriteAsync(
        [
            new AttemptEnded(
                command,
                new SendResult(
                    SendOutcome.Accepted, ExternalId: found.ExternalId, References: found.References, Facts: found.Facts,
                    Detail: found.Detail ?? "Found in the target by a look-up."),
                UnknownOutcomePolicy.LookupFirst),
        ],
        cancellation);

    /// <summary>
    /// Before the settle time it is looked up again; after it the attempts count as without effect, and the command
    /// returns to the queue.
    /// </summary>
    public async Task AbsentAsync(
        IConnectorChannel channel, OutboxCommand command, UnknownOutcome doubt, DateTimeOffset lookedAt, CancellationToken cancellation)
    {
        var settled = (doubt.Until ?? lookedAt) + (channel.SettleTime(command.Kind) ?? TimeSpan.FromSeconds(options.SettleSeconds));
        if (lookedAt < settled)
        {
            var next = lookedAt + schedule.ForLookup(0);
            await MoveAsync(command, CommandState.LookingUp, next < settled ? next : settled, command.Lookups, cancellation);
            return;
        }

        await using var db = await database.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await MoveAsync(db, command, CommandState.Pending, lookedAt, 0, cancellation))
        {
            await UnknownOutcomes.Open(db, [command.Id]).ExecuteUpdateAsync(
                set =>
                    set.SetProperty(a => a.Outcome, AttemptOutcome.FoundAbsent)
                        .SetProperty(a => a.Detail, "A look-up after the settle time did not find it."), cancellation);
        }

        await transaction.CommitAsync(cancellation);
        outbox.Raise();
    }

    /// <summary>Looked up again, and in the end left to a person.</summary>
    public async Task UntoldAsync(IConnectorChannel channel, OutboxCommand command, LookUpResult result, CancellationToken cancellation)
    {
        // A target that became unreachable meanwhile has not responded: only responses count.
        var lookups = command.Lookups + (channel.Pace().IsDown ? 0 : 1);
        if (lookups < options.LookupsBeforePerson)
        {
            await MoveAsync(command, CommandState.LookingUp, clocks.SystemNow + schedule.ForLookup(lookups), lookups, cancellation);
            return;
        }

        await using var db = await database.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await MoveAsync(db, command, CommandState.OutcomeUnknown, command.DueAt, lookups, cancellation))
        {
            var key = await db.Transactions.Where(t => t.Id == command.TransactionId).Select(t => t.Key).SingleAsync(cancellation);
            var reason = result.Detail ?? "Whether it is there could not be found out.";
            var message = InternalEvents.CommandUnknown(
                OutcomeMessages.Identity(command, key), command.Attempts, reason, clocks.BusinessNow);
            await inbox.WriteAsync(db, Roles.Tower, [OutcomeMessages.Incoming(message, command.TraceParent)], cancellation);
            await db.SaveChangesAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
        engine.Raise();
    }

    /// <summary>All due lookups of the connector are postponed a little.</summary>
    public async Task PostponeAsync(string connector, CancellationToken cancellation)
    {
        var now = clocks.SystemNow;
        var later = now + Later;
        await using var db = await database.CreateDbContextAsync(cancellation);
        await db.Commands.Where(c => c.State == CommandState.LookingUp && c.Connector == connector && c.DueAt <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.DueAt, later), cancellation);
    }

    /// <summary>Ends the unknown outcome of exactly this attempt; false when another node or person ended it.</summary>
    public async Task<bool> MoveAsync(
        OutboxCommand command, CommandState state, DateTimeOffset dueAt, int lookups, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        return await MoveAsync(db, command, state, dueAt, lookups, cancellation);
    }

    private static async Task<bool> MoveAsync(
        TowerDbContext db, OutboxCommand command, CommandState state, DateTimeOffset dueAt, int lookups, CancellationToken cancellation)
    {
        var (id, attempts) = (command.Id, command.Attempts);
        return await db.Commands.Where(c => c.Id == id && c.State == CommandState.LookingUp && c.Attempts == attempts).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.State, state).SetProperty(c => c.DueAt, dueAt).SetProperty(c => c.Lookups, lookups),
            cancellation) == 1;
    }
}
