using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Persistence;

/// <summary>
/// Whether the server keeps at a power failure what it confirmed. PostgreSQL with <c>fsync</c> or <c>synchronous_commit</c> off does not: a start on it is
/// refused unless <c>Database:AllowUnsafeDurability</c> says otherwise.
/// </summary>
public sealed class DurabilityCheck(ITowerDb database, DatabaseOptions options)
{
    /// <returns>One sentence that says what is wrong and what to do, or null.</returns>
    public async Task<string?> FaultAsync(CancellationToken cancellation = default)
    {
        if (database.Provider != DatabaseProvider.PostgreSQL || options.AllowUnsafeDurability)
        {
            return null;
        }

        await using var db = await database.CreateDbContextAsync(cancellation);
        var off = await db.Database.SqlQuery<string>($"""
            SELECT name AS "Value" FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit') AND setting = 'off' ORDER BY name
            """).ToListAsync(cancellation);
        return off.Count == 0
            ? null
            : $"PostgreSQL runs with {string.Join(" and ", off)} off and would lose what it confirmed: switch it on, or set Database:AllowUnsafeDurability for a development database.";
    }
}
