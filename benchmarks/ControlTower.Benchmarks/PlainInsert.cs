using Npgsql;

namespace ControlTower.Benchmarks;

/// <summary>
/// The limit to compare with: the rows that the run stored, written once more into equal tables by the database alone.
/// </summary>
internal static class PlainInsert
{
    private const int Sample = 100_000;

    /// <summary>Tables with fewer rows than this share of the facts are not significant.</summary>
    private const double LeastShare = 0.01;

    /// <summary>The accepted messages alone.</summary>
    /// <returns>Rows a second by multi-row INSERT in batches of 50 with a commit each, and by one COPY.</returns>
    public static async Task<(double Insert, double Copy)> MessagesAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        var messages = await PlainTable.ReadAsync(connection, "inbox_message", "connector <> 'tower'", Sample);
        var rates = (await messages.InsertAsync(), await messages.CopyAsync());
        await messages.DropAsync();
        return rates;
    }

    /// <summary>
    /// Every row that exists at the end, in all tables; of each table up to <see cref="Sample"/> are written and the
    /// rest is calculated by their rate.
    /// </summary>
    /// <returns>The facts a second of multi-row INSERT in batches of 50 with a commit each, and of COPY.</returns>
    public static async Task<(double Insert, double Copy, double RowsPerFact, int Tables)> EverythingAsync(
        string connectionString, int facts)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        var (inserting, copying, rows, tables) = (0.0, 0.0, 0L, 0);
        foreach (var (name, count) in await TablesAsync(connection, (long)(facts * LeastShare)))
        {
            var table = await PlainTable.ReadAsync(connection, name, "true", Sample);
            inserting += count / await table.InsertAsync();
            copying += count / await table.CopyAsync();
            await table.DropAsync();
            rows += count;
            tables++;
        }

        return (facts / inserting, facts / copying, (double)rows / facts, tables);
    }

    private static async Task<List<(string Name, long Count)>> TablesAsync(NpgsqlConnection connection, long atLeast)
    {
        var names = new List<string>();
        await using (var read = new NpgsqlCommand(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename", connection))
        {
            await using var reader = await read.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                names.Add(reader.GetString(0));
            }
        }

        var tables = new List<(string, long)>();
        foreach (var name in names)
        {
            await using var count = new NpgsqlCommand($"SELECT count(*) FROM \"{name}\"", connection);
            if (await count.ExecuteScalarAsync() is long rows && rows >= atLeast)
            {
                tables.Add((name, rows));
            }
        }

        return tables;
    }
}
