using System.Collections.Concurrent;
using ControlTower.Core.Canonical;
using ControlTower.Core.Connectors;
using ControlTower.Core.Inbox;
using ControlTower.Core.Persistence;
using ControlTower.Core.Time;
using ControlTower.Core.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Outbox;

/// <summary>
/// Looks commands in doubt up in targets that do not keep keys (<see cref="DoubtPolicy.LookupFirst"/>). Found: accepted, with the target's number. Absent: only
/// after the settle time sent again, under the same key. Neither: looked at again, and in the end left to a person. A look-up changes nothing in the target,
/// and what follows from it is a compare-and-set: two nodes that look at once do no harm. Each connector is looked at by itself.
/// </summary>
internal sealed class DoubtLookups(
    ITowerDb database, ConnectorRegistry registry, Settlement settlement, Doubts doubts, InboxWriter inbox, EngineSignal engine, OutboxSignal outbox, RetrySchedule schedule,
    OutboxOptions options, TowerClocks clocks, ILogger<DoubtLookups> log)
{
    private const int Most = 200;
    private readonly ConcurrentDictionary<string, Task> _running = new(StringComparer.Ordinal);

    /// <summary>Starts looking for every connector with a doubt that is due; ends at once.</summary>
    public async Task StartDueAsync(CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var due = await Due(db, clocks.SystemNow).ToListAsync(cancellation);
        foreach (var line in due.GroupBy(command => command.Connector, StringComparer.Ordinal))
        {
            if (!_running.ContainsKey(line.Key) && (await registry.FindAsync(line.Key, cancellation)) is { Channel: { } channel, Record.Paused: false })
            {
                _running[line.Key] = RunAsync(line.Key, channel, [.. line], cancellation);
            }
        }
    }

    /// <summary>Waits for what was started.</summary>
    public Task WhenIdleAsync() => Task.WhenAll(_running.Values);

    internal static IQueryable<OutboxCommand> Due(TowerDbContext db, DateTimeOffset now) =>
        db.Commands.AsNoTracking().Where(c => c.State == CommandState.Looking && c.DueAt <= now).OrderBy(c => c.DueAt).ThenBy(c => c.Id).Take(Most);

    private async Task RunAsync(string connector, IConnectorChannel channel, List<OutboxCommand> due, CancellationToken stopping)
    {
        await Task.Yield();
        try
        {
            foreach (var command in due)
            {
                // A target that is away, or told us to wait, is not asked: that is no answer.
                if (stopping.IsCancellationRequested || channel.Pace().Free == 0)
                {
                    return;
                }

                await LookAsync(channel, command, stopping);
            }
        }
        catch (Exception fault)
        {
            log.LogWarning("Looking up doubts in {Connector} failed and goes on later: {Fault}", connector, fault.Message);
        }
        finally
        {
            _running.TryRemove(connector, out _);
        }
    }

    private async Task LookAsync(IConnectorChannel channel, OutboxCommand command, CancellationToken stopping)
    {
        var began = clocks.SystemNow;
        if (await ReadAsync(command.Id, stopping) is not { } doubt || !await MoveAsync(command, CommandState.Looking, began.AddSeconds(options.LeaseSeconds), command.Lookups, stopping))
        {
            return;
        }

        var result = await AskAsync(channel, command, stopping);
        switch (result.Outcome)
        {
            case LookUpOutcome.Found:
                await FoundAsync(command, result, stopping);
                break;
            case LookUpOutcome.Absent:
                await AbsentAsync(channel, command, doubt, began, stopping);
                break;
            default:
                await UntoldAsync(channel, command, result, stopping);
                break;
        }
    }

    private async Task<Doubt?> ReadAsync(long command, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var standing = await db.Commands.AsNoTracking().Where(c => c.Id == command && c.State == CommandState.Looking).ToListAsync(cancellation);

        // Without an open attempt there is no doubt any more; then the epoch: whatever is found is found after the settle time.
        return standing.Count == 0 ? null
            : (await doubts.OfAsync(db, standing, cancellation)).GetValueOrDefault(command) ?? new Doubt(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
    }

    private async Task<LookUpResult> AskAsync(IConnectorChannel channel, OutboxCommand command, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.LeaseSeconds / 2d), clocks.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        try
        {
            return await channel.LookUpAsync(new CommandEnvelope(command.Kind, command.Key, command.Body, command.TraceParent), either.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return LookUpResult.Unknown("The target did not answer the look-up in time.");
        }
    }

    /// <summary>As if the target had answered the attempt: the same transaction, the same message.</summary>
    private Task FoundAsync(OutboxCommand command, LookUpResult found, CancellationToken cancellation) => settlement.WriteAsync(
        [
            new AttemptEnded(
                command,
                new SendResult(
                    SendOutcome.Accepted, ExternalId: found.ExternalId, References: found.References, Facts: found.Facts, Detail: found.Detail ?? "Found in the target by a look-up."),
                DoubtPolicy.LookupFirst),
        ],
        cancellation);

    private async Task AbsentAsync(IConnectorChannel channel, OutboxCommand command, Doubt doubt, DateTimeOffset lookedAt, CancellationToken cancellation)
    {
        var settled = (doubt.Until ?? lookedAt) + (channel.SettleTime(command.Kind) ?? TimeSpan.FromSeconds(options.SettleSeconds));
        if (lookedAt < settled)
        {
            var next = lookedAt + schedule.ForLookup(0);
            await MoveAsync(command, CommandState.Looking, next < settled ? next : settled, command.Lookups, cancellation);
            return;
        }

        await using var db = await database.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await MoveAsync(db, command, CommandState.Pending, lookedAt, 0, cancellation))
        {
            await Doubts.Open(db, [command.Id]).ExecuteUpdateAsync(
                set => set.SetProperty(a => a.Outcome, AttemptOutcome.FoundAbsent).SetProperty(a => a.Detail, "A look-up after the settle time did not find it."), cancellation);
        }

        await transaction.CommitAsync(cancellation);
        outbox.Raise();
    }

    private async Task UntoldAsync(IConnectorChannel channel, OutboxCommand command, LookUpResult result, CancellationToken cancellation)
    {
        // A target that went away meanwhile has told nothing: only answers count.
        var lookups = command.Lookups + (channel.Pace().IsDown ? 0 : 1);
        if (lookups < options.LookupsBeforeParking)
        {
            await MoveAsync(command, CommandState.Looking, clocks.SystemNow + schedule.ForLookup(lookups), lookups, cancellation);
            return;
        }

        await using var db = await database.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await MoveAsync(db, command, CommandState.Parked, command.DueAt, lookups, cancellation))
        {
            var key = await db.Transactions.Where(t => t.Id == command.TransactionId).Select(t => t.Key).SingleAsync(cancellation);
            var reason = result.Detail ?? "Whether it is there could not be found out.";
            var message = InternalEvents.CommandUnknown(OutcomeMessages.Identity(command, key), command.Attempts, reason, clocks.BusinessNow);
            await inbox.WriteAsync(db, Roles.Tower, [OutcomeMessages.Incoming(message, command.TraceParent)], cancellation);
            await db.SaveChangesAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
        engine.Raise();
    }

    private async Task<bool> MoveAsync(OutboxCommand command, CommandState state, DateTimeOffset dueAt, int lookups, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        return await MoveAsync(db, command, state, dueAt, lookups, cancellation);
    }

    /// <summary>From the doubt of exactly this attempt; false when somebody else ended it.</summary>
    private static async Task<bool> MoveAsync(
        TowerDbContext db, OutboxCommand command, CommandState state, DateTimeOffset dueAt, int lookups, CancellationToken cancellation)
    {
        var (id, attempts) = (command.Id, command.Attempts);
        return await db.Commands.Where(c => c.Id == id && c.State == CommandState.Looking && c.Attempts == attempts).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.State, state).SetProperty(c => c.DueAt, dueAt).SetProperty(c => c.Lookups, lookups), cancellation) == 1;
    }
}
