using System.Xml.Linq;
using ControlTower.Core.Connectors;
using ControlTower.Core.Identity;
using ControlTower.Core.Persistence;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ControlTower.Web.Identity;

/// <summary>Data-protection keys in the database: every node opens the cookies that any node made, and a restart signs nobody out.</summary>
internal sealed class KeyRing(IDbContextFactory<TowerDbContext> contexts) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = contexts.CreateDbContext();
        return [.. db.DataProtectionKeys.AsNoTracking().OrderBy(key => key.Id).Select(key => key.Xml).AsEnumerable().Select(xml => XElement.Parse(xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = contexts.CreateDbContext();
        db.DataProtectionKeys.Add(new DataProtectionKey { FriendlyName = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        db.SaveChanges();
    }
}

internal static class KeyRingSetup
{
    public static void AddTowerKeyRing(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("control-tower");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(options =>
        {
            options.XmlRepository = new KeyRing(provider.GetRequiredService<IDbContextFactory<TowerDbContext>>());
            options.XmlEncryptor = new KeyRingEncryptor(provider.GetRequiredService<SecretBox>());
        }));
    }
}
