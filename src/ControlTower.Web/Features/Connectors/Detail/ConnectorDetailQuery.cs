using ControlTower.Core.Cases;
using ControlTower.Core.Connectors.Codes;
using ControlTower.Core.Connectors.Flow;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Publishing;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Connectors.Detail;

/// <summary>Reads one connector; every count is of what waits, or of a bounded number of rows.</summary>
internal sealed class ConnectorDetailQuery(
    ITowerDb tower, ConnectorQueries connectors, ConnectorKinds kinds, ConnectorPressures pressures, CodeMaps codes,
    UnmappedCodeQueue waiting, TowerClocks clocks)
{
    /// <summary>
    /// Throughput is computed from so many messages at most, of all connectors: the newest ones are read by their key.
    /// </summary>
    internal const int Newest = 20_000;

    internal static readonly TimeSpan Lately = TimeSpan.FromMinutes(5);

    public async Task<ConnectorDetail?> FindAsync(string name, Actor actor, CancellationToken cancellation)
    {
        if (await connectors.FindAsync(name, cancellation) is not { } connector)
        {
            return null;
        }

        await using var db = tower.CreateReader();
        var publishes = kinds.Find(connector.Kind)?.PublishingOf(connector.Settings) is not null;
        var unprocessed = await Unprocessed(db, name).FirstOrDefaultAsync(cancellation);
        return new ConnectorDetail(
            connector,
            kinds.Find(connector.Kind)?.Describe(),
            await pressures.OfAsync(name, cancellation),
            await Recent(db, name, clocks.SystemNow - Lately).CountAsync(cancellation),
            unprocessed?.Count ?? 0,
            unprocessed?.Oldest,
            await db.Cases.VisibleTo(db, actor).CountAsync(c => c.Connector == name && c.State < CaseState.Resolved, cancellation),
            await waiting.ListAsync(name, cancellation),
            await codes.ListAsync(name, cancellation))
        {
            ToPublish = publishes ? await ToPublish(db, name).CountAsync(cancellation) : null,
        };
    }

    internal static IQueryable<Backlog> Unprocessed(TowerDbContext db, string name) =>
        WaitingMessage.From(db).Where(m => m.Connector == name)
        .GroupBy(m => m.Connector)
        .Select(group => new Backlog { Connector = group.Key, Count = group.Count(), Oldest = group.Min(m => m.AcceptedAt) });

    internal static IQueryable<Publication> ToPublish(TowerDbContext db, string name) =>
        db.Publications.Where(p => p.Connector == name && p.State == PublicationState.Waiting).Take(Newest);

    internal static IQueryable<InboxMessage> Recent(TowerDbContext db, string name, DateTimeOffset since) =>
        db.Inbox.OrderByDescending(m => m.Id).Take(Newest).Where(m => m.AcceptedAt > since && m.Connector == name);
}
