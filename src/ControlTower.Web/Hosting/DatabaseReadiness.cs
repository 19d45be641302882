using System.Xml.Linq;
using ControlTower.Core.Connectors;
using ControlTower.Core.Persistence;
using ControlTower.Web.Identity;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Hosting;

/// <summary>
/// Before serving: the database responds, is set as the tower needs it, and has this version's tables.
/// </summary>
internal static class DatabaseReadiness
{
    /// <exception cref="StartupException">It is not so; the sentence explains what to do.</exception>
    public static async Task ThrowUnlessReadyAsync(IServiceProvider services)
    {
        if (await services.GetRequiredService<DatabaseSettingsCheck>().ErrorsAsync() is { Count: > 0 } errors)
        {
            throw new StartupException(errors);
        }

        await using var db = await services.GetRequiredService<ITowerDb>().CreateDbContextAsync();
        var pending = (await db.Database.GetPendingMigrationsAsync()).Count();
        if (pending > 0)
        {
            throw new StartupException($"The database is {pending} migrations behind this version: run ControlTower.Web.dll setup first.");
        }

        await MasterKeyMustFitAsync(db, services.GetRequiredService<SecretBox>());
    }

    /// <summary>
    /// A master key that opens nothing would cause ended sessions and failing connectors: better reported at once.
    /// </summary>
    private static async Task MasterKeyMustFitAsync(TowerDbContext db, SecretBox box)
    {
        if (await db.DataProtectionKeys.OrderBy(key => key.Id).Select(key => key.Xml).FirstOrDefaultAsync() is { } xml
            && !KeyRingDecryptor.Opens(XElement.Parse(xml), box))
        {
            throw new StartupException(
                "Secrets:MasterKeyFile: this key does not open the secrets in the database; give the file that they were sealed with.");
        }
    }
}
