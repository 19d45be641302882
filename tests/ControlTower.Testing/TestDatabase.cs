using System.Globalization;
using ControlTower.Launcher.Cluster;
using Npgsql;

namespace ControlTower.Testing;

/// <summary>
/// A database of one test's own: a clone of a template that was migrated once per test process, which takes some 50 ms. Dropped with
/// the test.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly TemplateDatabase Tower = new("tower_template", TowerContexts.MigrateAsync);
    private static int s_count;
    private readonly Func<Task> _drop;

    private TestDatabase(string connectionString, Func<Task> drop) => (ConnectionString, _drop) = (connectionString, drop);

    public string ConnectionString { get; }

    /// <summary>A PostgreSQL database with the tower's schema and nothing in it.</summary>
    public static Task<TestDatabase> CreateAsync() => CreateAsync(Tower);

    /// <summary>A clone of a template of one's own.</summary>
    public static async Task<TestDatabase> CreateAsync(TemplateDatabase template)
    {
        var cluster = await TestCluster.GetAsync();
        var source = await template.EnsureAsync(cluster);
        var name = $"test_{Interlocked.Increment(ref s_count).ToString(CultureInfo.InvariantCulture)}";
        await ExecuteAsync(cluster, $"CREATE DATABASE {name} TEMPLATE {source}");
        var connectionString = cluster.ConnectionString(name);
        return new TestDatabase(connectionString, () => DropAsync(cluster, name, connectionString));
    }

    /// <summary>An empty SQL Server database with the tower's schema; without a server of one's own the test is skipped, saying so.</summary>
    public static async Task<TestDatabase> CreateOnSqlServerAsync()
    {
        var (connectionString, drop) = await SqlServer.CreateAsync();
        return new TestDatabase(connectionString, drop);
    }

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
        // Beside builds and browsers on two cores a database takes longer than the usual seconds now and then.
        await using var connection = new NpgsqlConnection(cluster.ConnectionString("postgres") + ";Timeout=90");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 180 };
        await command.ExecuteNonQueryAsync();
    }
}
