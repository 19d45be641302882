using System.Globalization;
using ControlTower.Core.Persistence;
using ControlTower.Launcher.Cluster;
using Npgsql;

namespace ControlTower.Testing;

/// <summary>
/// A database of one test, dropped with it. On PostgreSQL it is a clone of a template that was migrated once per test
/// process, which takes some 50 ms; on SQL Server (<see cref="TestedDatabase"/>) it is migrated each time.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly TemplateDatabase Tower = new("tower_template", TowerContexts.MigrateAsync);
    private static int s_count;
    private readonly Func<Task> _drop;

    private TestDatabase(string connectionString, Func<Task> drop) => (ConnectionString, _drop) = (connectionString, drop);

    public string ConnectionString { get; }

    /// <summary>A database with the tower's schema and nothing in it, on the server that the tests run on.</summary>
    public static Task<TestDatabase> CreateAsync() => CreateAsync(Tower, SqlServer.CreateAsync);

    /// <summary>A database as version 0.1.0 left it, with nothing in it.</summary>
    public static Task<TestDatabase> CreateVersion010Async() =>
        CreateAsync(Version010.Template, () => SqlServer.CreateAsync(Version010.MakeAsync));

    /// <summary>A clone of the caller's template, on PostgreSQL whatever server the tests run on.</summary>
    public static async Task<TestDatabase> CreateAsync(TemplateDatabase template)
    {
        var cluster = await TestCluster.GetAsync();
        var source = await template.EnsureAsync(cluster);
        var name = $"test_{Interlocked.Increment(ref s_count).ToString(CultureInfo.InvariantCulture)}";
        await ExecuteAsync(cluster, $"CREATE DATABASE {name} TEMPLATE {source}");
        var connectionString = cluster.ConnectionString(name);
        return new TestDatabase(connectionString, () => DropAsync(cluster, name, connectionString));
    }

    private static async Task<TestDatabase> CreateAsync(
        TemplateDatabase template, Func<Task<(string ConnectionString, Func<Task> Drop)>> onSqlServer)
    {
        if (!SqlServer.IsConfigured)
        {
            return await CreateAsync(template);
        }

        var (connectionString, drop) = await onSqlServer();
        return new TestDatabase(connectionString, drop);
    }

    public TowerDbContext Open() => TestedDatabase.Open(ConnectionString);

    public ValueTask DisposeAsync() => new(_drop());

    private static async Task DropAsync(PrivateCluster cluster, string name, string connectionString)
    {
        await using (var connection = new NpgsqlConnection(connectionString))
        {
            NpgsqlConnection.ClearPool(connection);
        }

        await ExecuteAsync(cluster, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    }

    internal static async Task ExecuteAsync(PrivateCluster cluster, string sql)
    {
        // Next to builds and browsers on two cores a database takes longer than the usual seconds now and then.
        await using var connection = new NpgsqlConnection(cluster.ConnectionString("postgres") + ";Timeout=90");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 180 };
        await command.ExecuteNonQueryAsync();
    }
}
