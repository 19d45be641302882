using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Hosting.Setup;

/// <summary>Sites of the landscape that the tower does not know yet; known ones are brought up to date.</summary>
internal sealed class SiteSeed(TowerDbContext db)
{
    public async Task SeedAsync(IReadOnlyList<LandscapeSite> sites)
    {
        var known = await db.Sites.ToDictionaryAsync(site => site.Code, StringComparer.Ordinal);
        foreach (var site in sites)
        {
            if (!known.TryGetValue(site.Code, out var record))
            {
                record = new SiteRecord { Code = site.Code, Name = site.Name, TimeZone = site.TimeZone };
                db.Sites.Add(record);
            }

            (record.Name, record.TimeZone, record.Region, record.LegalEntity, record.Area) = (
                site.Name, site.TimeZone, site.Region, site.LegalEntity, site.Area);
        }

        await db.SaveChangesAsync();
    }
}
