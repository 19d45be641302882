using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Statements;

namespace ControlTower.Core.Connectors.Hours;

/// <summary>Keeps the table of the connectors' hours small.</summary>
public sealed class ConnectorHourService(ITowerDb database, TowerClocks clocks)
{
    private readonly CounterFold<ConnectorHour> _fold = new(ConnectorHourStatements.Table, database.Provider, Old);

    /// <summary>Folds where it is worth it, and drops hours that are older than that.</summary>
    public async Task FoldAsync(TimeSpan kept, CancellationToken cancellation = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        await _fold.RunAsync(db, clocks.SystemNow - kept, cancellation);
    }

    internal Task FoldNowAsync(TowerDbContext db, CancellationToken cancellation) => _fold.FoldAsync(db, cancellation);

    internal static IQueryable<ConnectorHour> Old(TowerDbContext db, DateTimeOffset before) =>
        db.ConnectorHours.Where(h => h.Hour < before).OrderBy(h => h.Hour).Take(RowBatches.Most);
}
