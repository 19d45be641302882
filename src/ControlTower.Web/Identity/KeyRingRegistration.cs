using ControlTower.Core.Connectors;
using ControlTower.Core.Persistence;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace ControlTower.Web.Identity;

/// <summary>
/// Data-protection keys in the database, sealed under the master key: every node opens the cookies that any node made,
/// and a restart signs nobody out.
/// </summary>
internal static class KeyRingRegistration
{
    public static void AddTowerKeyRing(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("control-tower").PersistKeysToDbContext<TowerDbContext>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(options =>
            options.XmlEncryptor = new KeyRingEncryptor(provider.GetRequiredService<SecretBox>())));
    }
}
