using ControlTower.Core.Persistence;
using Microsoft.Data.SqlClient;

namespace ControlTower.Testing;

/// <summary>
/// The SQL Server that the database tests may use: CONTROLTOWER_TEST_SQLSERVER, a connection string with the right to
/// create databases.
/// </summary>
public static class SqlServer
{
    public const string Variable = "CONTROLTOWER_TEST_SQLSERVER";

    /// <summary>The sentence a skipped test shows.</summary>
    public const string SkipReason = $"Needs a SQL Server: set {Variable} to a connection string.";

    private static readonly string? Server = Environment.GetEnvironmentVariable(Variable);

    public static bool IsConfigured => !string.IsNullOrWhiteSpace(Server);

    internal static Task<(string ConnectionString, Func<Task> Drop)> CreateAsync() => CreateAsync(async connectionString =>
    {
        await using var context = TowerContexts.SqlServer(connectionString);
        await TowerContexts.ApplyAsync(context);
    });

    /// <param name="build">Gets the connection string of the empty database.</param>
    internal static async Task<(string ConnectionString, Func<Task> Drop)> CreateAsync(Func<string, Task> build)
    {
        var name = $"control_tower_test_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE DATABASE [{name}]");
        await ExecuteAsync($"ALTER DATABASE [{name}] SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE");
        var connectionString = new SqlConnectionStringBuilder(Server) { InitialCatalog = name }.ConnectionString;
        await build(connectionString);
        return (connectionString,
            () => ExecuteAsync($"ALTER DATABASE [{name}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE [{name}]"));
    }

    private static async Task ExecuteAsync(string sql)
    {
        SqlConnection.ClearAllPools();
        await using var connection = new SqlConnection(Server);
        await connection.OpenAsync();
        await using var command = new SqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
