using System.Diagnostics;
using Npgsql;

namespace ControlTower.Benchmarks;

/// <summary>
/// Rows of one table, to be written once more into an equal one with the same indexes, in the same order.
/// </summary>
internal sealed class PlainTable
{
    private const int BatchRows = 50;
    private readonly NpgsqlConnection _connection;
    private readonly string _copy;
    private readonly List<object?[]> _rows = [];
    private string[] _types = [];

    private PlainTable(NpgsqlConnection connection, string name) => (_connection, _copy) = (connection, "plain_" + name);

    public int Count => _rows.Count;

    /// <param name="where">Which of the table's rows.</param>
    /// <param name="atMost">The number of rows, from the first.</param>
    public static async Task<PlainTable> ReadAsync(NpgsqlConnection connection, string name, string where, int atMost)
    {
        var table = new PlainTable(connection, name);
        await table.ReadAsync($"SELECT * FROM {name} WHERE {where} LIMIT {atMost}");
        await table.RunAsync($"CREATE TABLE {table._copy} (LIKE {name} INCLUDING ALL EXCLUDING IDENTITY EXCLUDING GENERATED)");
        return table;
    }

    /// <returns>Rows a second, by a client that does nothing else.</returns>
    /// <exception cref="InvalidOperationException">There are no rows.</exception>
    public async Task<double> InsertAsync()
    {
        await RunAsync("TRUNCATE " + _copy);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < Count; i += BatchRows)
        {
            await InsertAsync(i, Math.Min(BatchRows, Count - i));
        }

        return Rate(clock);
    }

    /// <returns>Rows a second.</returns>
    /// <exception cref="InvalidOperationException">There are no rows.</exception>
    public async Task<double> CopyAsync()
    {
        await RunAsync("TRUNCATE " + _copy);
        var clock = Stopwatch.StartNew();
        await using (var writer = await _connection.BeginBinaryImportAsync($"COPY {_copy} FROM STDIN (FORMAT BINARY)"))
        {
            foreach (var row in _rows)
            {
                await writer.StartRowAsync();
                for (var i = 0; i < row.Length; i++)
                {
                    await WriteAsync(writer, row[i], _types[i]);
                }
            }

            await writer.CompleteAsync();
        }

        return Rate(clock);
    }

    public Task DropAsync() => RunAsync("DROP TABLE " + _copy);

    private double Rate(Stopwatch clock) =>
        Count > 0 ? Count / clock.Elapsed.TotalSeconds : throw new InvalidOperationException($"{_copy}: there are no rows.");

    private async Task ReadAsync(string sql)
    {
        await using var read = new NpgsqlCommand(sql, _connection);
        await using var reader = await read.ExecuteReaderAsync();
        _types = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetDataTypeName)];
        while (await reader.ReadAsync())
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = reader.IsDBNull(i) ? DBNull.Value : reader.GetValue(i);
            }

            _rows.Add(row);
        }
    }

    private async Task InsertAsync(int from, int count)
    {
        var width = _types.Length;
        var values = string.Join(',', Enumerable.Range(0, count).Select(
            r => "(" + string.Join(',', Enumerable.Range(1, width).Select(c => FormattableString.Invariant($"${(r * width) + c}"))) + ")"));
        await using var insert = new NpgsqlCommand($"INSERT INTO {_copy} VALUES {values}", _connection);
        foreach (var row in _rows.Skip(from).Take(count))
        {
            for (var i = 0; i < width; i++)
            {
                insert.Parameters.Add(Parameter(row[i], _types[i]));
            }
        }

        await insert.ExecuteNonQueryAsync();
    }

    private static NpgsqlParameter Parameter(object? value, string type) =>
        IsJson(type) ? new NpgsqlParameter { Value = value, DataTypeName = type } : new NpgsqlParameter { Value = value };

    private static Task WriteAsync(NpgsqlBinaryImporter writer, object? value, string type) =>
        value is null or DBNull ? writer.WriteNullAsync() : IsJson(type) ? writer.WriteAsync(value, type) : writer.WriteAsync(value);

    /// <summary>JSON is read as text, so its type has to be named; all others are inferred.</summary>
    private static bool IsJson(string type) => type is "jsonb" or "json";

    private async Task RunAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        await command.ExecuteNonQueryAsync();
    }
}
