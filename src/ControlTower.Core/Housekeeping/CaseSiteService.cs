using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Housekeeping;

/// <summary>
/// Gives cases the sites that they lack. The engine writes them with the case; a node of an older version, which runs
/// on while others are replaced, does not, and people of one site would not see its cases.
/// </summary>
public sealed class CaseSiteService(ITowerDb database)
{
    private bool _isWholeHistoryDone;

    /// <summary>The whole history at a node's first run, then open work.</summary>
    /// <returns>How many rows were missing.</returns>
    public async Task<int> KeepAsync(CancellationToken cancellation = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var added = await db.Database.ExecuteSqlRawAsync(CaseSiteSql.Missing(openOnly: _isWholeHistoryDone), cancellation);
        _isWholeHistoryDone = true;
        return added;
    }
}
