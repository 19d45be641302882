using System.Data.Common;
using ControlTower.Core.Persistence;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace ControlTower.Testing;

/// <summary>
/// Which database the tests run on: SQL Server when <see cref="SqlServer.Variable"/> names one, else PostgreSQL. Every
/// class is written once; a test of what only PostgreSQL has calls <see cref="OnlyPostgreSQL"/>.
/// </summary>
public static class TestedDatabase
{
    public static DatabaseProvider Provider => SqlServer.IsConfigured ? DatabaseProvider.SqlServer : DatabaseProvider.PostgreSQL;

    /// <summary>As <c>Database:Provider</c> has it.</summary>
    public static string Name => Provider.ToString();

    private static bool IsSqlServer => Provider == DatabaseProvider.SqlServer;

    /// <summary>Skips the test on SQL Server.</summary>
    /// <param name="reason">The feature of PostgreSQL that it tests.</param>
    public static void OnlyPostgreSQL(string reason) => Assert.SkipWhen(IsSqlServer, $"PostgreSQL only: {reason}");

    /// <summary>A context on an existing database.</summary>
    public static TowerDbContext Open(string connectionString, params IInterceptor[] interceptors) => IsSqlServer
        ? new SqlServerTowerDbContext(
            new DbContextOptionsBuilder<SqlServerTowerDbContext>().UseSqlServer(connectionString).AddInterceptors(interceptors).Options)
        : new PostgresTowerDbContext(
            new DbContextOptionsBuilder<PostgresTowerDbContext>().UseNpgsql(connectionString).AddInterceptors(interceptors).Options);

    public static DbConnection Connect(string connectionString) =>
        IsSqlServer ? new SqlConnection(connectionString) : new NpgsqlConnection(connectionString);

    /// <summary>Runs one statement and returns the first value of its first row.</summary>
    public static async Task<object?> ExecuteAsync(string connectionString, string sql, CancellationToken cancellation = default)
    {
        await using var connection = Connect(connectionString);
        await connection.OpenAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(cancellation);
    }

    /// <summary>Locks rows as a worker that processes them does.</summary>
    public static string Locking(string table, string where) => IsSqlServer
        ? $"SELECT 1 FROM {table} WITH (UPDLOCK, ROWLOCK) WHERE {where}"
        : $"SELECT 1 FROM {table} WHERE {where} FOR UPDATE";

    /// <summary>An insert with explicit ids.</summary>
    public static string WithNumbers(string table, string sql) =>
        IsSqlServer ? $"SET IDENTITY_INSERT {table} ON; {sql}; SET IDENTITY_INSERT {table} OFF;" : sql;

    /// <summary>Refuses every new row of a table until the trigger is dropped by its name.</summary>
    public static string RefusingTrigger(string table) => IsSqlServer
        ? $"CREATE TRIGGER refuse ON {table} AFTER INSERT AS THROW 50000, 'no row today', 1;"
        : $"""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no row today'; END $$;
            CREATE TRIGGER refuse BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION refuse();
            """;

    public static string DropRefusingTrigger(string table) => IsSqlServer ? "DROP TRIGGER refuse" : $"DROP TRIGGER refuse ON {table}";

    /// <summary>Makes the server end every other session of this database.</summary>
    /// <returns>How many there were.</returns>
    public static async Task<int> EndOtherSessionsAsync(string connectionString, CancellationToken cancellation = default) =>
        Convert.ToInt32(await ExecuteAsync(connectionString, IsSqlServer ? EndOthersOnSqlServer : EndOthersOnPostgres, cancellation), null);

    private const string EndOthersOnPostgres =
        "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
            + "pg_backend_pid()";

    private const string EndOthersOnSqlServer = """
        DECLARE @end nvarchar(max) = N'', @count int = 0;
        SELECT @end += CONCAT(N'KILL ', session_id, N';'), @count += 1 FROM sys.dm_exec_sessions WHERE database_id = DB_ID() AND session_id <> @@SPID;
        EXEC (@end);
        SELECT @count;
        """;
}
