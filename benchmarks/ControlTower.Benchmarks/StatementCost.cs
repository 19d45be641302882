using System.Globalization;
using System.Text;
using ControlTower.Launcher.Cluster;
using Npgsql;

namespace ControlTower.Benchmarks;

/// <summary>The cost of the database's statements for a fact, by pg_stat_statements.</summary>
internal static class StatementCost
{
    private const int Shown = 40;

    /// <summary>Restarts the cluster with the extension loaded.</summary>
    public static async Task<PrivateCluster> EnableAsync(PrivateCluster cluster, ClusterOptions options)
    {
        await using (var connection = new NpgsqlConnection(cluster.ConnectionString("postgres")))
        {
            await connection.OpenAsync();
            foreach (var sql in new[] { "ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'" })
            {
                await using var command = new NpgsqlCommand(sql, connection);
                await command.ExecuteNonQueryAsync();
            }
        }

        NpgsqlConnection.ClearAllPools();
        await cluster.StopAsync();
        return await PrivateCluster.StartAsync(options, Console.WriteLine, default);
    }

    public static async Task<string> TableAsync(string connectionString, int facts)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using (var create = new NpgsqlCommand("CREATE EXTENSION IF NOT EXISTS pg_stat_statements", connection))
        {
            await create.ExecuteNonQueryAsync();
        }

        await using var read = new NpgsqlCommand(
            $"""
            SELECT (total_exec_time + total_plan_time) * 1000 / {facts}, total_plan_time * 1000 / {facts}, calls, rows, wal_bytes / {facts}, regexp_replace(query, '\s+', ' ', 'g')
            FROM pg_stat_statements ORDER BY 1 DESC LIMIT {Shown}
            """,
            connection);
        await using var row = await read.ExecuteReaderAsync();
        var table = new StringBuilder("µs a fact | of it planning | calls | rows | WAL a fact | statement\n");
        while (await row.ReadAsync())
        {
            var query = row.GetString(5);
            table.AppendLine(CultureInfo.InvariantCulture,
                $"{row.GetDouble(0):F1} | {row.GetDouble(1):F1}"
                    + $" | {row.GetInt64(2)} | {row.GetInt64(3)} | {row.GetDecimal(4):F0} | {query[..Math.Min(150, query.Length)]}");
        }

        return table.ToString();
    }
}
