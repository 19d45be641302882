using ControlTower.Core.Persistence.Statements;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Persistence;

/// <summary>
/// The tower's database. Contexts are pooled: dispose each when its unit of work is done. A context that may write never retries by
/// itself; whoever opens a transaction repeats it (<see cref="TransientErrors"/>).
/// </summary>
public interface ITowerDb : IDbContextFactory<TowerDbContext>
{
    DatabaseProvider Provider { get; }

    /// <summary>
    /// For lists and figures, read only: each statement is planned for its own values (a plan for any value scans a
    /// whole index where the value is rare), on separate connections, so that readers never take the engine's. A read
    /// that fails because its connection was gone is repeated.
    /// </summary>
    TowerDbContext CreateReader() => CreateDbContext();

    /// <summary>The few statements that are tuned by hand, for this database.</summary>
    IStatements Statements { get; }
}
