using ControlTower.Core.Persistence.Statements;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;

namespace ControlTower.Core.Persistence;

/// <summary>Pooled contexts on one of the two databases.</summary>
internal sealed class TowerDb : ITowerDb, IAsyncDisposable
{
    /// <summary>
    /// Of a read that failed because its connection was gone: after a restart of the database that applies to every
    /// idle connection.
    /// </summary>
    private const int Repeats = 3;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);
    private readonly Func<TowerDbContext> _create;
    private readonly Func<TowerDbContext> _createReader;
    private readonly NpgsqlDataSource? _source;
    private readonly NpgsqlDataSource? _readers;

    public TowerDb(DatabaseOptions options)
    {
        Provider = options.Provider;
        if (options.Provider == DatabaseProvider.SqlServer)
        {
            var work = SqlServer(options, SqlServerConnections.ForWork(options));
            _create = new PooledDbContextFactory<SqlServerTowerDbContext>(work).CreateDbContext;
            _createReader = new PooledDbContextFactory<SqlServerTowerDbContext>(SqlServerReading(options)).CreateDbContext;
            Statements = new SqlServerStatements();
        }
        else
        {
            _source = new NpgsqlDataSourceBuilder(PostgresConnections.ForWork(options)).Build();
            _readers = new NpgsqlDataSourceBuilder(PostgresConnections.ForReading(options)).Build();
            _create = new PooledDbContextFactory<PostgresTowerDbContext>(Postgres(options, _source)).CreateDbContext;
            _createReader = new PooledDbContextFactory<PostgresTowerDbContext>(Postgres(
                options, _readers, npgsql => npgsql.EnableRetryOnFailure(Repeats, LongestPause, null))).CreateDbContext;
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

    internal static DbContextOptions<PostgresTowerDbContext> Postgres(
        DatabaseOptions options, NpgsqlDataSource source, Action<NpgsqlDbContextOptionsBuilder>? adjust = null) =>
        new DbContextOptionsBuilder<PostgresTowerDbContext>()
            .UseNpgsql(source, npgsql =>
            {
                npgsql.CommandTimeout(options.CommandTimeoutSeconds).MaxBatchSize(500);
                adjust?.Invoke(npgsql);
            })
            .Options;

    internal static DbContextOptions<SqlServerTowerDbContext> SqlServerReading(DatabaseOptions options) =>
        SqlServer(
            options,
            SqlServerConnections.ForReading(options),
            server => server.ExecutionStrategy(strategy => new SqlServerReadRetry(strategy, Repeats, LongestPause)));

    internal static DbContextOptions<SqlServerTowerDbContext> SqlServer(
        DatabaseOptions options, string connection, Action<SqlServerDbContextOptionsBuilder>? adjust = null) =>
        new DbContextOptionsBuilder<SqlServerTowerDbContext>()
            .UseSqlServer(connection, server =>
            {
                server.CommandTimeout(options.CommandTimeoutSeconds);
                adjust?.Invoke(server);
            })
            .AddInterceptors(new CancelledStatements(), new ReadCommittedTransactions())
            .Options;
}
