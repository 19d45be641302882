using System.Text;
using ControlTower.Core.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace ControlTower.Core.Persistence.Statements;

/// <summary>
/// One <c>INSERT … SELECT FROM unnest(…)</c> for any number of rows: one parse, one round trip, one array per column.
/// The text is the same for every number of rows, so PostgreSQL keeps its plan.
/// </summary>
internal sealed class UnnestInsert<TRow>(string table)
{
    private readonly List<(string Name, NpgsqlDbType Type, Func<IReadOnlyCollection<TRow>, object> Values)> _columns = [];

    public UnnestInsert<TRow> Text(string name, Func<TRow, string?> value) => Add(name, NpgsqlDbType.Text, value);

    public UnnestInsert<TRow> Bytes(string name, Func<TRow, byte[]?> value) => Add(name, NpgsqlDbType.Bytea, value);

    public UnnestInsert<TRow> Big(string name, Func<TRow, long?> value) => Add(name, NpgsqlDbType.Bigint, value);

    public UnnestInsert<TRow> Integer(string name, Func<TRow, int?> value) => Add(name, NpgsqlDbType.Integer, value);

    public UnnestInsert<TRow> Small(string name, Func<TRow, short?> value) => Add(name, NpgsqlDbType.Smallint, value);

    public UnnestInsert<TRow> Instant(string name, Func<TRow, DateTimeOffset?> value) =>
        Add<DateTime?>(name, NpgsqlDbType.TimestampTz, row => value(row) is { } at ? UtcMicroseconds.Cut(at).UtcDateTime : null);

    /// <summary>Another value for a column that is there, of any type that PostgreSQL takes for it: text may be UTF-8 already.</summary>
    /// <exception cref="InvalidOperationException">There is no such column.</exception>
    public UnnestInsert<TRow> Replace<TValue>(string name, Func<TRow, TValue> value)
    {
        var index = _columns.FindIndex(column => column.Name == name);
        if (index < 0)
        {
            throw new InvalidOperationException($"{table} writes no column {name}.");
        }

        _columns[index] = Column(name, _columns[index].Type, value);
        return this;
    }

    public string Table => table;

    public IReadOnlyList<string> Columns => [.. _columns.Select(c => c.Name)];

    /// <summary>Type of each column's array.</summary>
    public IReadOnlyDictionary<string, NpgsqlDbType> Types => _columns.ToDictionary(c => c.Name, c => c.Type, StringComparer.Ordinal);

    /// <summary>The arrays as a table: <c>unnest(@p0, @p1, …) AS rows(a, b, …)</c>.</summary>
    public string Source
    {
        get
        {
            var text = new StringBuilder("unnest(");
            text.AppendJoin(", ", Enumerable.Range(0, _columns.Count).Select(i => FormattableString.Invariant($"@p{i}")));
            return text.Append(") AS rows(").AppendJoin(", ", _columns.Select(c => c.Name)).Append(')').ToString();
        }
    }

    public async Task ExecuteAsync(TowerDbContext db, IReadOnlyCollection<TRow> rows, CancellationToken cancellation, string suffix = "")
    {
        if (rows.Count == 0)
        {
            return;
        }

        await using var command = Build(db, rows, suffix);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public NpgsqlCommand Build(TowerDbContext db, IReadOnlyCollection<TRow> rows, string suffix)
    {
        var columns = string.Join(", ", Columns);
        return Command(db, rows, $"INSERT INTO {table} ({columns}) SELECT {columns} FROM {Source} {suffix}");
    }

    /// <summary>Any statement over <see cref="Source"/>.</summary>
    public NpgsqlCommand Command(TowerDbContext db, IReadOnlyCollection<TRow> rows, string sql)
    {
        var command = ((NpgsqlConnection)db.Database.GetDbConnection()).CreateCommand();
        command.CommandText = sql;
        command.Transaction = (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandTimeout = db.Database.GetCommandTimeout() ?? command.CommandTimeout;
        for (var i = 0; i < _columns.Count; i++)
        {
            var (_, type, values) = _columns[i];
            command.Parameters.Add(new NpgsqlParameter(FormattableString.Invariant($"p{i}"), NpgsqlDbType.Array | type)
                { Value = values(rows) });
        }

        return command;
    }

    public UnnestInsert<TRow> Add<TValue>(string name, NpgsqlDbType type, Func<TRow, TValue> value)
    {
        _columns.Add(Column(name, type, value));
        return this;
    }

    private static (string Name, NpgsqlDbType Type, Func<IReadOnlyCollection<TRow>, object> Values) Column<TValue>(
        string name, NpgsqlDbType type, Func<TRow, TValue> value) => (name, type, rows => rows.Select(value).ToArray());
}
