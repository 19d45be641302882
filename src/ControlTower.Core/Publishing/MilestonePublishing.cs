using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Streaming;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Publishing;

/// <summary>
/// Publishes what waits, connector by connector, in the order in which it was merged. One node at a time publishes for
/// a connector, by a lease, so that the order holds; it shares nothing with the queues of commands, which never wait
/// for it.
/// </summary>
internal sealed class MilestonePublishing(
    ConnectorRegistry registry, PublicationStore store, JobLeases leases, SenderName node, ConnectorActivity activity, Jitter jitter,
    TowerClocks clocks, ILogger<MilestonePublishing> log)
    : ConnectorLoops(registry, jitter, clocks, log)
{
    private const int MostAtOnce = 500;
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Renewal = LeaseTime / 3;
    private readonly TowerClocks _clocks = clocks;

    protected override bool IsWanted(RegisteredConnector connector) => connector.Channel?.Publisher is not null;

    protected override async Task RunAsync(RegisteredConnector connector, Action existing, CancellationToken stopping)
    {
        var lease = FormattableString.Invariant($"publish:{connector.Record.Id}");
        if (!await leases.TakeAsync(lease, node.Name, LeaseTime, stopping))
        {
            await Task.Delay(Renewal, _clocks.System, stopping);
            return;
        }

        try
        {
            await using var session = await connector.Channel!.Publisher!.OpenAsync(stopping);
            activity.Published(connector.Name, any: false);
            existing();
            await PublishAsync(connector, session, lease, stopping);
        }
        finally
        {
            await leases.GiveBackAsync(lease, node.Name);
        }
    }

    protected override void Forgotten(string connector) => activity.Published(connector, any: false);

    protected override void Failed(RegisteredConnector connector, string sentence, bool isUnauthorised, int failures) =>
        activity.NotPublished(connector.Name, sentence, isUnauthorised, isDown: failures > 2);

    /// <summary>Until it is stopped, or another node has the lease.</summary>
    private async Task PublishAsync(RegisteredConnector connector, IPublishingSession session, string lease, CancellationToken stopping)
    {
        var renewed = _clocks.System.GetTimestamp();
        while (true)
        {
            if (_clocks.System.GetElapsedTime(renewed) > Renewal)
            {
                renewed = _clocks.System.GetTimestamp();
                if (!await leases.TakeAsync(lease, node.Name, LeaseTime, stopping))
                {
                    return;
                }
            }

            if (!await PublishNextAsync(connector, session, stopping))
            {
                await Task.Delay(Idle, _clocks.System, stopping);
            }
        }
    }

    /// <returns>Whether there was any.</returns>
    private async Task<bool> PublishNextAsync(RegisteredConnector connector, IPublishingSession session, CancellationToken stopping)
    {
        var next = await store.NextAsync(connector.Name, MostAtOnce, stopping);
        var result = await session.PublishAsync(next.ConvertAll(p => new OutgoingMilestone(p.EventId, p.Address, p.Body)), stopping);
        if (next.Count > 0)
        {
            // A confirmation is recorded even when the tower is stopping: otherwise the milestone would be published
            // twice.
            await store.SettleAsync(
                connector.Name, next, result.Outcomes, connector.Channel!.Publisher!.WhyUnroutable, CancellationToken.None);
        }

        if (result.Error is { } error)
        {
            throw error;
        }

        if (next.Count > 0)
        {
            activity.Published(connector.Name, any: true);
        }

        return next.Count > 0;
    }
}
