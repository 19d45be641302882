using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Connectors;

/// <summary>
/// Writes what was seen of connectors into their rows and cases, at most once a second per connector. Several nodes
/// write concurrently; the last write wins.
/// </summary>
internal sealed class ConnectorHealthWriter(
    ITowerDb database, ConnectorActivity activity, ConnectorCases cases, ConnectorRegistry registry, IAnnouncer announcer,
    ILogger<ConnectorHealthWriter> log)
{
    /// <summary>
    /// Health as this process last wrote it; the first observation after a start is always written through to the
    /// cases.
    /// </summary>
    private readonly Dictionary<string, ConnectorHealth> _written = new(StringComparer.Ordinal);

    public async Task FlushAsync(CancellationToken cancellation)
    {
        var changed = new List<long>();
        var seen = activity.Take();
        foreach (var (connector, observation) in seen)
        {
            try
            {
                changed.AddRange(await WriteAsync(connector, observation, cancellation));
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // Another node may have opened the same case, or the database is unreachable: retried in the next
                // second.
                activity.GiveBack(connector);
                log.LogWarning("The health of {Connector} could not be written: {Error}", connector, error.Message);
            }
        }

        if (seen.Count > 0)
        {
            announcer.Announce(new Change([], changed, Connectors: true));
        }
    }

    private async Task<List<long>> WriteAsync(string connector, ConnectorObservation seen, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var health = seen.Health ?? (await registry.FindAsync(connector, cancellation))?.Record.Health ?? ConnectorHealth.Healthy;
        await db.Connectors.Where(c => c.Name == connector).ExecuteUpdateAsync(
            set => set
                .SetProperty(c => c.LastInboundAt, c => seen.LastInboundAt ?? c.LastInboundAt)
                .SetProperty(c => c.LastOutboundAt, c => seen.LastOutboundAt ?? c.LastOutboundAt)
                .SetProperty(c => c.LastError, c => seen.LastError ?? c.LastError)
                .SetProperty(c => c.LastErrorAt, c => seen.LastErrorAt ?? c.LastErrorAt)
                .SetProperty(c => c.Health, health),
            cancellation);
        var changed = IsTurn(connector, seen) ? await cases.FollowAsync(db, connector, health, seen.LastError, cancellation) : [];
        await transaction.CommitAsync(cancellation);
        if (seen.Health is { } written)
        {
            _written[connector] = written;
        }

        return changed;
    }

    private bool IsTurn(string connector, ConnectorObservation seen) =>
        seen.Health is { } health && !(_written.TryGetValue(connector, out var before) && before == health);
}
