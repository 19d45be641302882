using System.Collections.Concurrent;
using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Outbox;

/// <summary>
/// Tries connectors in trouble for which nothing waits, because no command's response will show that they are back. The
/// test of the connector reads and writes nothing. A kind that cannot be tested counts as healthy: nothing waits for it
/// and the next command finds out. One that publishes is left out: its connection shows its health.
/// </summary>
internal sealed class ConnectorProbe(
    ITowerDb database, ConnectorRegistry registry, ConnectorActivity activity, OutboxOptions options, TowerClocks clocks,
    ILogger<ConnectorProbe> log)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _next = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task> _running = new(StringComparer.Ordinal);

    /// <summary>Starts a try for every connector that is due for one; returns at once.</summary>
    public async Task StartDueAsync(CancellationToken cancellation)
    {
        var now = clocks.SystemNow;
        foreach (var connector in (await registry.AllAsync(cancellation)).Where(IsInTrouble))
        {
            if ((_running.TryGetValue(connector.Name, out var running) && !running.IsCompleted)
                || _next.GetValueOrDefault(connector.Name) > now || await IsAwaitedAsync(connector.Name, cancellation))
            {
                continue;
            }

            _next[connector.Name] = now.AddSeconds(options.ProbeSeconds);
            _running[connector.Name] = TryAsync(connector.Name, connector.Channel!, cancellation);
        }
    }

    public Task WhenIdleAsync() => Task.WhenAll(_running.Values);

    private static bool IsInTrouble(RegisteredConnector connector) =>
        connector is {
            Channel: { Publisher: null }, Record: { Paused: false, Health: ConnectorHealth.Down or ConnectorHealth.Unauthorised } };

    /// <summary>Whether a command waits for it or is in flight to it: its response will show.</summary>
    private async Task<bool> IsAwaitedAsync(string connector, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        return await Waiting(db, connector).AnyAsync(cancellation) || await UnderWay(db, connector).AnyAsync(cancellation);
    }

    internal static IQueryable<OutboxCommand> Waiting(TowerDbContext db, string connector) =>
        db.Commands.Where(c => c.State == CommandState.Pending && c.Connector == connector);

    internal static IQueryable<OutboxCommand> UnderWay(TowerDbContext db, string connector) =>
        db.Commands.Where(c => c.State == CommandState.Sending && c.Connector == connector);

    private async Task TryAsync(string connector, IConnectorChannel channel, CancellationToken stopping)
    {
        await Task.Yield();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.LeaseSeconds / 2d), clocks.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        try
        {
            if ((await channel.TestAsync(either.Token)).Works)
            {
                activity.Reached(connector);
            }
        }
        catch (Exception error)
        {
            log.LogInformation("Trying {Connector} failed: {Error}", connector, error.Message);
        }
    }
}
