using System.Diagnostics;
using Npgsql;

namespace ControlTower.Benchmarks;

/// <summary>The limit beside it: the rows that the run stored, written once more into an equal table, by nothing but the database.</summary>
internal static class PlainInsert
{
    private const int BatchRows = 50;

    /// <returns>Rows a second by multi-row INSERT in batches of 50 with a commit each, and by one COPY.</returns>
    public static async Task<(double Insert, double Copy, long Rows)> MeasureAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        var rows = await ReadAsync(connection);
        await RunAsync(connection, "CREATE TABLE plain_inbox (LIKE inbox_message INCLUDING ALL); ALTER TABLE plain_inbox ALTER id DROP IDENTITY IF EXISTS");
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < rows.Count; i += BatchRows)
        {
            await InsertAsync(connection, rows, i, Math.Min(BatchRows, rows.Count - i));
        }

        var insert = rows.Count / clock.Elapsed.TotalSeconds;
        await RunAsync(connection, "TRUNCATE plain_inbox");
        clock.Restart();
        await CopyAsync(connection, rows);
        return (insert, rows.Count / clock.Elapsed.TotalSeconds, rows.Count);
    }

    private static async Task<List<object?[]>> ReadAsync(NpgsqlConnection connection)
    {
        await using var read = new NpgsqlCommand("SELECT * FROM inbox_message WHERE connector <> 'tower' ORDER BY id LIMIT 100000", connection);
        await using var reader = await read.ExecuteReaderAsync();
        var rows = new List<object?[]>();
        while (await reader.ReadAsync())
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = reader.IsDBNull(i) ? DBNull.Value : reader.GetValue(i);
            }

            rows.Add(row);
        }

        return rows;
    }

    private static async Task InsertAsync(NpgsqlConnection connection, List<object?[]> rows, int from, int count)
    {
        var width = rows[0].Length;
        var values = string.Join(',', Enumerable.Range(0, count).Select(
            r => "(" + string.Join(',', Enumerable.Range(1, width).Select(c => FormattableString.Invariant($"${(r * width) + c}"))) + ")"));
        await using var insert = new NpgsqlCommand("INSERT INTO plain_inbox VALUES " + values, connection);
        foreach (var value in rows.Skip(from).Take(count).SelectMany(row => row))
        {
            insert.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await insert.ExecuteNonQueryAsync();
    }

    private static async Task CopyAsync(NpgsqlConnection connection, List<object?[]> rows)
    {
        await using var writer = await connection.BeginBinaryImportAsync("COPY plain_inbox FROM STDIN (FORMAT BINARY)");
        foreach (var row in rows)
        {
            await writer.StartRowAsync();
            foreach (var value in row)
            {
                await (value is null or DBNull ? writer.WriteNullAsync() : writer.WriteAsync(value));
            }
        }

        await writer.CompleteAsync();
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
