using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Housekeeping;

/// <summary>
/// Gives cases the sites that they lack. The engine writes them with the case; a node of a version before that, which works on while others are replaced, does not, and
/// people of one site would not see its cases.
/// </summary>
public sealed class CaseSiteKeeper(ITowerDb database, TowerClocks clocks)
{
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);
    private DateTimeOffset? _last;

    /// <summary>The whole history when a node begins, then open work every minute.</summary>
    /// <returns>How many rows were missing.</returns>
    public async Task<int> KeepAsync(CancellationToken cancellation = default)
    {
        if (clocks.SystemNow - _last < Rest)
        {
            return 0;
        }

        await using var db = await database.CreateDbContextAsync(cancellation);
        var added = await db.Database.ExecuteSqlRawAsync(Missing(openOnly: _last is not null), cancellation);
        _last = clocks.SystemNow;
        return added;
    }

    /// <summary>Adds what is missing, on either database: a case's own site, or without one those of its transaction.</summary>
    internal static string Missing(bool openOnly)
    {
        var open = openOnly ? " AND c.state < 3" : "";
        return $"""
            INSERT INTO case_site (case_id, site)
            SELECT found.case_id, found.site FROM (
                SELECT c.id AS case_id, c.site FROM exception_case c WHERE c.site IS NOT NULL{open}
                UNION ALL
                SELECT c.id, s.site FROM exception_case c JOIN transaction_site s ON s.transaction_id = c.transaction_id WHERE c.site IS NULL{open}) found
            WHERE NOT EXISTS (SELECT 1 FROM case_site k WHERE k.case_id = found.case_id AND k.site = found.site);
            """;
    }
}
