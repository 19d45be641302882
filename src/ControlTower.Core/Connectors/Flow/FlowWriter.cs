using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Connectors.Flow;

/// <summary>
/// Writes how this node's channels flow, so that every node's pages show it: every two seconds what changed, and all of
/// it regularly as a heartbeat.
/// </summary>
internal sealed class FlowWriter(ITowerDb database, ConnectorRegistry registry, SenderName node, TowerClocks clocks)
{
    public static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);
    private readonly Dictionary<string, (ChannelFlow Flow, DateTimeOffset At)> _written = new(StringComparer.Ordinal);
    private DateTimeOffset _last;

    public async Task FlushAsync(CancellationToken cancellation)
    {
        var now = clocks.SystemNow;
        if (now - _last < Between)
        {
            return;
        }

        _last = now;
        var flows = (await registry.AllAsync(cancellation))
            .Where(c => c.Channel is not null)
            .ToDictionary(c => c.Name, c => c.Channel!.Flow(), StringComparer.Ordinal);
        var changed = flows.Where(pair => IsNew(pair.Key, pair.Value, now)).ToDictionary(StringComparer.Ordinal);
        if (changed.Count > 0)
        {
            await WriteAsync(changed, now, cancellation);
        }
    }

    private bool IsNew(string connector, ChannelFlow flow, DateTimeOffset now) =>
        !_written.TryGetValue(connector, out var written) || written.Flow != flow || now - written.At >= SignOfLife;

    private async Task WriteAsync(Dictionary<string, ChannelFlow> changed, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var rows = await db.ConnectorFlows.Where(f => f.Node == node.Name)
            .ToDictionaryAsync(f => f.Connector, StringComparer.Ordinal, cancellation);
        foreach (var (connector, flow) in changed)
        {
            if (!rows.TryGetValue(connector, out var row))
            {
                db.ConnectorFlows.Add(row = new ConnectorFlowRecord { Connector = connector, Node = node.Name });
            }

            Copy(flow, row, now);
        }

        await db.SaveChangesAsync(cancellation);
        foreach (var (connector, flow) in changed)
        {
            _written[connector] = (flow, now);
        }
    }

    private static void Copy(ChannelFlow flow, ConnectorFlowRecord row, DateTimeOffset now)
    {
        (row.SeenAt, row.Breaker, row.BreakerSince) = (now, flow.Breaker, flow.BreakerSince);
        (row.RateAllowed, row.RateUsed, row.Running, row.Concurrency) = (flow.RateAllowed, flow.RateUsed, flow.Running, flow.Concurrency);
        (row.WaitUntil, row.Why) = (flow.WaitUntil, flow.Why);
    }
}
