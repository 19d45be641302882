using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Statements;
using Npgsql;

namespace ControlTower.Web.Tests.Hosting;

/// <summary>
/// A database whose working connections are lost, as after a restart, while reads are repeated on new ones.
/// </summary>
internal sealed class LostConnections(ITowerDb inner, Exception fault) : ITowerDb
{
    public static NpgsqlException Fault => new("The connection is gone.", new IOException("Broken pipe"));

    public DatabaseProvider Provider => inner.Provider;

    public IStatements Statements => inner.Statements;

    public TowerDbContext CreateReader() => inner.CreateReader();

    public TowerDbContext CreateDbContext() => throw fault;
}
