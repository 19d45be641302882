using System.Text;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ControlTower.Core.Persistence.Statements;

/// <summary>Insert-or-ignore on SQL Server, which has no <c>ON CONFLICT</c>: many rows a statement, without those
/// whose primary key is there.</summary>
internal static class MissingRows
{
    /// <summary>Below the 2,100 that a statement may have.</summary>
    private const int MostParameters = 2000;

    /// <summary>In the caller's transaction; the gaps that were read stay locked until its end.</summary>
    public static async Task InsertAsync<TRow>(TowerDbContext db, IReadOnlyCollection<TRow> rows, CancellationToken cancellation)
        where TRow : class
    {
        var entity = db.Model.FindEntityType(typeof(TRow))!;
        var columns = entity.GetProperties().ToList();
        foreach (var some in rows.Chunk(MostParameters / columns.Count))
        {
            await db.Database.ExecuteSqlRawAsync(Statement(entity, columns, some.Length), Parameters(columns, some), cancellation);
        }
    }

    internal static string Statement(IEntityType entity, IReadOnlyList<IProperty> columns, int rows)
    {
        var names = string.Join(", ", columns.Select(c => $"[{c.GetColumnName()}]"));
        var sql = new StringBuilder($"INSERT INTO [{entity.GetTableName()}] ({names}) SELECT {names} FROM (VALUES ");
        for (var row = 0; row < rows; row++)
        {
            var first = row * columns.Count;
            sql.Append(row == 0 ? "(" : ", (").AppendJoin(", ", Enumerable.Range(first, columns.Count).Select(Name)).Append(')');
        }

        var keys = entity.FindPrimaryKey()!.Properties.Select(c => c.GetColumnName());
        var same = string.Join(" AND ", keys.Select(key => $"known.[{key}] = given.[{key}]"));
        var known = $"SELECT 1 FROM [{entity.GetTableName()}] AS known {SqlServerStatements.Absent} WHERE {same}";
        return sql.Append($") AS given ({names}) WHERE NOT EXISTS ({known})").ToString();
    }

    private static IEnumerable<SqlParameter> Parameters<TRow>(List<IProperty> columns, TRow[] rows)
        where TRow : class
    {
        using var factory = new SqlCommand();
        var cells = rows.SelectMany(row => columns.Select(column => (Column: column, Value: column.PropertyInfo!.GetValue(row))));
        return [.. cells.Select((cell, index) => (SqlParameter)cell.Column.GetRelationalTypeMapping()
            .CreateParameter(factory, Name(index), cell.Value, cell.Column.IsNullable))];
    }

    private static string Name(int index) => FormattableString.Invariant($"@p{index}");
}
