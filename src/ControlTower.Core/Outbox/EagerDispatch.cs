using ControlTower.Core.Connectors;
using ControlTower.Core.Engine;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Outbox;

/// <summary>
/// Gives a cycle's new commands to this node's queues. A queue takes as many as it will send within a moment, as long
/// as nothing waits in it as far as it knows; the rest waits, and all that follows waits behind it, until a claim
/// finds the queue empty again. So nothing is overtaken for longer than that moment, and nothing starves.
/// </summary>
internal sealed class EagerDispatch(ConnectorRegistry registry, Dispatcher dispatcher, OutboxOptions options, SenderName owner)
    : IEagerDispatch
{
    public async Task<IEagerBatch> PrepareAsync(CycleContext cycle, CancellationToken cancellation)
    {
        var batch = new EagerBatch(dispatcher);
        try
        {
            await ReserveAsync(cycle, batch, cancellation);
            await RemovePausedAsync(cycle, batch, cancellation);
            Lease(cycle, batch);
            MarkWaiting(cycle);
            return batch;
        }
        catch
        {
            batch.Dispose();
            throw;
        }
    }

    internal static IQueryable<string> Paused(TowerDbContext db, string[] names) =>
        db.Connectors.Where(c => names.Contains(c.Name) && c.Paused).Select(c => c.Name);

    private async Task ReserveAsync(CycleContext cycle, EagerBatch batch, CancellationToken cancellation)
    {
        var eligible = cycle.Writes.Commands.Where(command => IsEligible(command, cycle));
        foreach (var commands in eligible.GroupBy(command => command.Connector, StringComparer.Ordinal))
        {
            if (await registry.FindAsync(commands.Key, cancellation) is { Channel: { } channel, Record.Paused: false })
            {
                // A node that dies leaves all that it took with an unknown outcome: only what is then sent again is eager.
                var repeatable = commands.Where(command => channel.PolicyForUnknownOutcome(command.Kind) == UnknownOutcomePolicy.NativeKey)
                    .OrderBy(command => command.RankAt).ToList();
                batch.Add(commands.Key, dispatcher.Reserve(commands.Key, channel, repeatable.Count), repeatable);
            }
        }
    }

    private static bool IsEligible(OutboxCommand command, CycleContext cycle) =>
        command.State == CommandState.Pending && command.DueAt <= cycle.SystemNow && !CommandKinds.MovesMoney(command.Kind)
        && command.PolicyVersion == cycle.Policies.Version;

    /// <summary>The registry may not know yet that a connector was paused; the database does.</summary>
    private static async Task RemovePausedAsync(CycleContext cycle, EagerBatch batch, CancellationToken cancellation)
    {
        var names = batch.Connectors.ToArray();
        if (names.Length > 0)
        {
            foreach (var paused in await Paused(cycle.Db, names).ToListAsync(cancellation))
            {
                batch.Remove(paused);
            }
        }
    }

    private void Lease(CycleContext cycle, EagerBatch batch)
    {
        var until = cycle.SystemNow.AddSeconds(options.LeaseSeconds);
        foreach (var command in batch.Commands)
        {
            new ClaimRequest(command.Connector, command.PolicyVersion, cycle.SystemNow, owner.Name, until, 1).Take(command);
        }
    }

    private void MarkWaiting(CycleContext cycle)
    {
        var waiting = cycle.Writes.Commands.Where(command => command.State == CommandState.Pending);
        foreach (var connector in waiting.Select(command => command.Connector).Distinct(StringComparer.Ordinal))
        {
            dispatcher.MarkWaiting(connector);
        }
    }
}
