using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Persistence;

/// <summary>Settings of the connection's own SQL Server database, as <c>sys.databases</c> has them.</summary>
/// <param name="ReadCommittedSnapshot">Whether a statement reads the rows as they were committed when it began.</param>
/// <param name="DelayedDurability">0 disabled, 1 allowed, 2 forced.</param>
internal sealed record SqlServerSettings(string Name, bool ReadCommittedSnapshot, int CompatibilityLevel, int DelayedDurability)
{
    /// <summary>SQL Server 2016's: from it on a list can travel as one JSON parameter.</summary>
    private const int LeastCompatibility = 130;

    public static IQueryable<SqlServerSettings> Query(TowerDbContext db) => db.Database.SqlQuery<SqlServerSettings>($"""
        SELECT name AS Name, is_read_committed_snapshot_on AS ReadCommittedSnapshot, CAST(compatibility_level AS int) AS CompatibilityLevel,
            CAST(delayed_durability AS int) AS DelayedDurability
        FROM sys.databases WHERE database_id = DB_ID()
        """);

    /// <returns>One sentence for each that is wrong.</returns>
    public static IEnumerable<string> FindErrors(SqlServerSettings settings, bool allowUnsafeDurability)
    {
        if (!settings.ReadCommittedSnapshot)
        {
            yield return $"READ_COMMITTED_SNAPSHOT is off in {settings.Name}, so that pages and workers would block each other: "
                + $"{Alter(settings, "READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE")}.";
        }

        if (settings.CompatibilityLevel < LeastCompatibility)
        {
            yield return $"The compatibility level of {settings.Name} is {settings.CompatibilityLevel}, and the tower needs "
                + $"{LeastCompatibility} or more: "
                + $"{Alter(settings, $"COMPATIBILITY_LEVEL = {LeastCompatibility}")}.";
        }

        if (settings.DelayedDurability != 0 && !allowUnsafeDurability)
        {
            yield return $"DELAYED_DURABILITY is not disabled in {settings.Name}, which could lose what it confirmed: "
                + $"{Alter(settings, "DELAYED_DURABILITY = DISABLED")}, or set Database:AllowUnsafeDurability for a development database.";
        }
    }

    private static string Alter(SqlServerSettings settings, string setting) => $"run ALTER DATABASE [{settings.Name}] SET {setting}";
}
