using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace ControlTower.Core.Persistence;

/// <summary>Pooled contexts on one of the two databases.</summary>
internal sealed class TowerDb : ITowerDb, IAsyncDisposable
{
    private readonly Func<TowerDbContext> _create;
    private readonly NpgsqlDataSource? _source;

    public TowerDb(DatabaseOptions options)
    {
        Provider = options.Provider;
        if (options.Provider == DatabaseProvider.SqlServer)
        {
            var factory = new PooledDbContextFactory<SqlServerTowerDbContext>(SqlServer(options));
            _create = factory.CreateDbContext;
            Statements = new SqlServerStatements();
        }
        else
        {
            _source = new NpgsqlDataSourceBuilder(Prepared(options.ConnectionString)).Build();
            var factory = new PooledDbContextFactory<PostgresTowerDbContext>(Postgres(options, _source));
            _create = factory.CreateDbContext;
            Statements = new PostgresStatements();
        }
    }

    public DatabaseProvider Provider { get; }

    public IStatements Statements { get; }

    public TowerDbContext CreateDbContext() => _create();

    public ValueTask DisposeAsync() => _source?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Statements that repeat are prepared by themselves, unless the connection string says otherwise (a pooler in between may not like it).</summary>
    private static string Prepared(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        if (!builder.ContainsKey("Max Auto Prepare"))
        {
            builder.MaxAutoPrepare = 200;
            builder.AutoPrepareMinUsages = 3;
        }

        // No session state outlives a transaction here: nothing to reset when a connection goes back to its pool.
        if (!builder.ContainsKey("No Reset On Close"))
        {
            builder.NoResetOnClose = true;
        }

        return builder.ConnectionString;
    }

    internal static DbContextOptions<PostgresTowerDbContext> Postgres(DatabaseOptions options, NpgsqlDataSource source) =>
        new DbContextOptionsBuilder<PostgresTowerDbContext>()
            .UseNpgsql(source, npgsql => npgsql.CommandTimeout(options.CommandTimeoutSeconds).MaxBatchSize(500))
            .Options;

    internal static DbContextOptions<SqlServerTowerDbContext> SqlServer(DatabaseOptions options) =>
        new DbContextOptionsBuilder<SqlServerTowerDbContext>()
            .UseSqlServer(options.ConnectionString, server => server.CommandTimeout(options.CommandTimeoutSeconds))
            .Options;
}
