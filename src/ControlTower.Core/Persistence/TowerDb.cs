using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace ControlTower.Core.Persistence;

/// <summary>Pooled contexts on one of the two databases.</summary>
internal sealed class TowerDb : ITowerDb, IAsyncDisposable
{
    private readonly Func<TowerDbContext> _create;
    private readonly Func<TowerDbContext> _createReader;
    private readonly NpgsqlDataSource? _source;
    private readonly NpgsqlDataSource? _readers;

    public TowerDb(DatabaseOptions options)
    {
        Provider = options.Provider;
        if (options.Provider == DatabaseProvider.SqlServer)
        {
            var factory = new PooledDbContextFactory<SqlServerTowerDbContext>(SqlServer(options));
            _create = _createReader = factory.CreateDbContext;
            Statements = new SqlServerStatements();
        }
        else
        {
            _source = new NpgsqlDataSourceBuilder(PostgresConnections.ForWork(options)).Build();
            _readers = new NpgsqlDataSourceBuilder(PostgresConnections.ForReading(options)).Build();
            _create = new PooledDbContextFactory<PostgresTowerDbContext>(Postgres(options, _source)).CreateDbContext;
            _createReader = new PooledDbContextFactory<PostgresTowerDbContext>(Postgres(options, _readers)).CreateDbContext;
            Statements = new PostgresStatements();
        }
    }

    public DatabaseProvider Provider { get; }

    public IStatements Statements { get; }

    public TowerDbContext CreateDbContext() => _create();

    public TowerDbContext CreateReader() => _createReader();

    public async ValueTask DisposeAsync()
    {
        foreach (var source in new[] { _source, _readers }.OfType<NpgsqlDataSource>())
        {
            await source.DisposeAsync();
        }
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
