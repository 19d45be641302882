using ControlTower.Core.Connectors;
using ControlTower.Core.Engine;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Outbox;

/// <summary>
/// Gives a cycle's new commands to this node's lanes. A lane takes as many as it will send within a moment, while its line is empty as far as it knows; what is over waits in
/// the line, and then all that follows does, until a claim finds the line empty again: nothing is overtaken for longer than that moment, and nothing starves.
/// </summary>
internal sealed class EagerDispatch(ConnectorRegistry registry, Dispatcher dispatcher, OutboxOptions options, SenderName owner) : IEagerDispatch
{
    public async Task<IEagerBatch> PrepareAsync(CycleContext cycle, CancellationToken cancellation)
    {
        var prepared = new EagerBatch(dispatcher);
        try
        {
            foreach (var line in cycle.Writes.Commands.Where(command => MayLeave(command, cycle)).GroupBy(command => command.Connector, StringComparer.Ordinal))
            {
                if (await registry.FindAsync(line.Key, cancellation) is { Channel: { } channel, Record.Paused: false })
                {
                    // A node that dies leaves all that it took in doubt: only what is then simply sent again is taken ahead of its turn.
                    var leaving = line.Where(command => channel.PolicyForUnknownOutcome(command.Kind) == UnknownOutcomePolicy.NativeKey).OrderBy(command => command.RankAt).ToList();
                    prepared.Add(line.Key, leaving[..dispatcher.Reserve(line.Key, channel, leaving.Count)]);
                }
            }

            await RemovePausedAsync(cycle, prepared, cancellation);
        }
        catch
        {
            prepared.Dispose();
            throw;
        }

        foreach (var command in prepared.All)
        {
            new ClaimRequest(command.Connector, command.PolicyVersion, cycle.SystemNow, owner.Name, cycle.SystemNow.AddSeconds(options.LeaseSeconds), 1).Take(command);
        }

        foreach (var connector in cycle.Writes.Commands.Where(command => command.State == CommandState.Pending).Select(command => command.Connector).Distinct(StringComparer.Ordinal))
        {
            dispatcher.Line(connector);
        }

        return prepared;
    }

    private static bool MayLeave(OutboxCommand command, CycleContext cycle) =>
        command.State == CommandState.Pending && command.DueAt <= cycle.SystemNow && !CommandKinds.MovesMoney(command.Kind) && command.PolicyVersion == cycle.Policies.Version;

    /// <summary>The registry may not know yet that somebody paused a connector; the database does.</summary>
    private static async Task RemovePausedAsync(CycleContext cycle, EagerBatch prepared, CancellationToken cancellation)
    {
        var names = prepared.Connectors.ToArray();
        if (names.Length > 0)
        {
            foreach (var paused in await Paused(cycle.Db, names).ToListAsync(cancellation))
            {
                prepared.Remove(paused);
            }
        }
    }

    internal static IQueryable<string> Paused(Persistence.TowerDbContext db, string[] names) => db.Connectors.Where(c => names.Contains(c.Name) && c.Paused).Select(c => c.Name);

    private sealed class EagerBatch(Dispatcher dispatcher) : IEagerBatch
    {
        private readonly Dictionary<string, List<OutboxCommand>> _places = new(StringComparer.Ordinal);

        public IEnumerable<string> Connectors => _places.Keys;

        public IEnumerable<OutboxCommand> All => _places.Values.SelectMany(commands => commands);

        public void Add(string connector, List<OutboxCommand> commands)
        {
            if (commands.Count > 0)
            {
                _places.Add(connector, commands);
            }
        }

        public void Remove(string connector)
        {
            if (_places.Remove(connector, out var commands))
            {
                dispatcher.Release(connector, commands.Count);
            }
        }

        public void Dispatch()
        {
            foreach (var (connector, commands) in _places)
            {
                dispatcher.Take(connector, commands);
            }

            _places.Clear();
        }

        public void Dispose()
        {
            foreach (var connector in _places.Keys.ToList())
            {
                Remove(connector);
            }
        }
    }
}
