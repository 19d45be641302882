using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Persistence;

/// <summary>
/// Whether the database is set as the tower needs it: what it confirmed survives a power failure (which
/// <c>Database:AllowUnsafeDurability</c> waives), and on SQL Server readers do not block writers and lists can be
/// passed as JSON.
/// </summary>
public sealed class DatabaseSettingsCheck(ITowerDb database, DatabaseOptions options)
{
    /// <returns>One sentence for each setting that is wrong, with what to do.</returns>
    public async Task<IReadOnlyList<string>> ErrorsAsync(CancellationToken cancellation = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        return database.Provider == DatabaseProvider.SqlServer
            ? [.. SqlServerSettings.FindErrors(await SqlServerSettings.Query(db).SingleAsync(cancellation), options.AllowUnsafeDurability)]
            : await PostgresErrorsAsync(db, cancellation);
    }

    private async Task<IReadOnlyList<string>> PostgresErrorsAsync(TowerDbContext db, CancellationToken cancellation)
    {
        if (options.AllowUnsafeDurability)
        {
            return [];
        }

        var off = await db.Database.SqlQuery<string>($"""
            SELECT name AS "Value" FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit') AND setting = 'off' ORDER BY name
            """).ToListAsync(cancellation);
        return off.Count == 0
            ? []
            : [
                $"PostgreSQL runs with {string.Join(" and ", off)} off and would lose what it confirmed: switch it on, "
                + "or set Database:AllowUnsafeDurability for a development database.",
            ];
    }
}
