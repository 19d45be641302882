using System.Text.Json;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Connectors;

internal sealed class SystemTopologyStore(ITowerDb database, ConnectorKinds kinds, TowerClocks clocks) : ISystemTopologyStore, IDisposable
{
    private readonly RefreshingCache<SystemTopology> _cache = new(
        SystemTopology.Empty, clocks.System, cancellation => ReadAsync(database, kinds, cancellation));

    public SystemTopology Current => _cache.Current;

    public ValueTask<SystemTopology> GetAsync(CancellationToken cancellation = default) => _cache.GetAsync(cancellation);

    public Task RefreshAsync(CancellationToken cancellation = default) => _cache.RefreshAsync(cancellation);

    public void Dispose() => _cache.Dispose();

    private static async Task<SystemTopology> ReadAsync(ITowerDb database, ConnectorKinds kinds, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var connectors = await db.Connectors.AsNoTracking().OrderBy(c => c.Name).ToListAsync(cancellation);
        var modes = await db.CommandModes.AsNoTracking().OrderBy(m => m.Id).ToListAsync(cancellation);
        var sites = await db.Sites.AsNoTracking().ToListAsync(cancellation);
        var codes = await db.CodeMaps.AsNoTracking().OrderBy(c => c.Id).ToListAsync(cancellation);
        var profiles = connectors.ConvertAll(c => Profile(c, kinds.Find(c.Kind)));
        return new SystemTopology(
            profiles,
            modes.ConvertAll(m => new CommandModeRule(m.Kind, m.LegalEntity, m.Site, m.Mode)),
            sites.ToDictionary(
                s => s.Code, s => new SiteProfile(s.Code, s.Name, s.TimeZone, s.Region, s.LegalEntity, s.Area), StringComparer.Ordinal))
        {
            Publishers = profiles.FindAll(profile => profile.Publishing is not null),
            Codes = new CodeMap([.. kinds.Seeds(), .. codes.Select(Entry)]),
        };
    }

    private static CodeEntry Entry(CodeMapRecord c) =>
        new(c.Kind, c.Connector.Length == 0 ? null : c.Connector, c.Scheme, c.Version, c.Code, c.Meaning, IsSeed: false);

    private static ConnectorProfile Profile(ConnectorRecord c, IConnectorKind? kind)
    {
        var settings = JsonElement.Parse(c.Settings);
        return ConnectorProfiles.From(c, kind) with { Settings = settings, Publishing = kind?.PublishingOf(settings) };
    }
}
