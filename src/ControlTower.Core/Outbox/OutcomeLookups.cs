using System.Collections.Concurrent;
using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Outbox;

/// <summary>
/// Looks up commands with an unknown outcome in targets that do not keep keys
/// (<see cref="UnknownOutcomePolicy.LookupFirst"/>). Found: accepted, with the target's number. Absent: only after the
/// settle time sent again, under the same key. Neither: looked up again, and in the end left to a person. A lookup
/// changes nothing in the target, and its consequence is a compare-and-set, so two concurrent lookups do no harm. Each
/// connector is handled independently.
/// </summary>
internal sealed class OutcomeLookups(
    ITowerDb database, ConnectorRegistry registry, UnknownOutcomes doubts, LookupOutcomes outcomes, OutboxOptions options,
    TowerClocks clocks, ILogger<OutcomeLookups> log)
{
    private const int Most = 200;
    private readonly ConcurrentDictionary<string, Task> _running = new(StringComparer.Ordinal);

    /// <summary>Starts lookups for every connector that has one due; returns at once.</summary>
    public async Task StartDueAsync(CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var due = await Due(db, clocks.SystemNow).ToListAsync(cancellation);
        foreach (var line in due.GroupBy(command => command.Connector, StringComparer.Ordinal))
        {
            if (_running.TryGetValue(line.Key, out var running) && !running.IsCompleted)
            {
                continue;
            }

            // A connector that is paused, unreachable or asked us to wait is not queried: that is no response. Its
            // lookups are postponed, so that they do not delay those of others.
            var channel = await registry.FindAsync(line.Key, cancellation) is { Record.Paused: false } connector ? connector.Channel : null;
            if (channel is null || channel.Pace().Free == 0)
            {
                await outcomes.PostponeAsync(line.Key, cancellation);
                continue;
            }

            _running[line.Key] = RunAsync(line.Key, channel, [.. line], cancellation);
        }
    }

    /// <summary>Waits for what was started.</summary>
    public Task WhenIdleAsync() => Task.WhenAll(_running.Values);

    internal static IQueryable<OutboxCommand> Due(TowerDbContext db, DateTimeOffset now) =>
        db.Commands.AsNoTracking()
            .Where(c => c.State == CommandState.LookingUp && c.DueAt <= now)
            .OrderBy(c => c.DueAt)
            .ThenBy(c => c.Id)
            .Take(Most);

    private async Task RunAsync(string connector, IConnectorChannel channel, List<OutboxCommand> due, CancellationToken stopping)
    {
        await Task.Yield();
        try
        {
            foreach (var command in due)
            {
                if (stopping.IsCancellationRequested || channel.Pace().Free == 0)
                {
                    return;
                }

                await LookUpAsync(channel, command, stopping);
            }
        }
        catch (Exception error)
        {
            log.LogWarning("Looking up outcomes in {Connector} failed and is tried again later: {Error}", connector, error.Message);
        }
    }

    private async Task LookUpAsync(IConnectorChannel channel, OutboxCommand command, CancellationToken stopping)
    {
        var began = clocks.SystemNow;
        if (await ReadAsync(command.Id, stopping) is not { } doubt
            || !await outcomes.MoveAsync(
                command, CommandState.LookingUp, began.AddSeconds(options.LeaseSeconds), command.Lookups, stopping))
        {
            return;
        }

        var result = await AskAsync(channel, command, stopping);
        switch (result.Outcome)
        {
            case LookUpOutcome.Found:
                await outcomes.FoundAsync(command, result, stopping);
                break;
            case LookUpOutcome.Absent:
                await outcomes.AbsentAsync(channel, command, doubt, began, stopping);
                break;
            default:
                await outcomes.UntoldAsync(channel, command, result, stopping);
                break;
        }
    }

    private async Task<UnknownOutcome?> ReadAsync(long command, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var existing = await db.Commands.AsNoTracking()
            .Where(c => c.Id == command && c.State == CommandState.LookingUp)
            .ToListAsync(cancellation);

        // Without an open attempt no outcome is unknown any more; then the epoch: any result is found after the settle
        // time.
        return existing.Count == 0 ? null
            : (await doubts.OfAsync(db, existing, cancellation)).GetValueOrDefault(command)
                ?? new UnknownOutcome(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
    }

    private async Task<LookUpResult> AskAsync(IConnectorChannel channel, OutboxCommand command, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.LeaseSeconds / 2d), clocks.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        try
        {
            return await channel.LookUpAsync(
                new CommandEnvelope(command.Kind, command.Key, command.Body, command.TraceParent), either.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return LookUpResult.Unknown("The target did not answer the look-up in time.");
        }
    }
}
