using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Integrations.Edi.Exchange;
using ControlTower.Integrations.Edi.Partners;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Partners;

/// <param name="Connector">Name of the connector that the partner is registered as.</param>
public sealed record PartnerRow(
    string Connector, string Role, bool Paused, ConnectorHealth Health, DateTimeOffset? LastInboundAt, DateTimeOffset? LastOutboundAt,
    PartnerProfile Profile, PartnerFolder Folder);

/// <summary>Reads the partners.</summary>
public interface IPartnerList
{
    Task<IReadOnlyList<PartnerRow>> AllAsync(CancellationToken cancellation);
}

/// <summary>The connectors of kind edi, each with its folder as it is now.</summary>
internal sealed class PartnerList(ITowerDb tower, PartnerFolders folders) : IPartnerList
{
    public async Task<IReadOnlyList<PartnerRow>> AllAsync(CancellationToken cancellation)
    {
        await using var db = tower.CreateReader();
        var connectors = await db.Connectors.AsNoTracking()
            .Where(c => c.Kind == PartnerFolders.Kind)
            .OrderBy(c => c.Name)
            .ToListAsync(cancellation);
        return await Task.Run(() => connectors.ConvertAll(RowOf), cancellation);
    }

    private PartnerRow RowOf(ConnectorRecord connector)
    {
        var profile = PartnerFolders.ProfileOf(connector.Settings);
        return new PartnerRow(
            connector.Name, connector.Role, connector.Paused, connector.Health, connector.LastInboundAt, connector.LastOutboundAt, profile,
            folders.Read(profile));
    }
}
