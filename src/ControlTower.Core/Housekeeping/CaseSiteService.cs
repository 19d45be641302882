using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Housekeeping;

/// <summary>
/// Gives cases the sites that they lack. The engine writes them with the case; a node of a version before that, which works on while others are replaced, does not, and
/// people of one site would not see its cases.
/// </summary>
public sealed class CaseSiteService(ITowerDb database, TowerClocks clocks)
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
        var added = await db.Database.ExecuteSqlRawAsync(CaseSiteSql.Missing(openOnly: _last is not null), cancellation);
        _last = clocks.SystemNow;
        return added;
    }
}
