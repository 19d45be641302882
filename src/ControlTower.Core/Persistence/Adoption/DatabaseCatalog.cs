using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ControlTower.Core.Persistence.Adoption;

/// <summary>
/// What a schema consists of: tables, columns, indexes, constraints, triggers, functions and the options of each.
/// </summary>
internal static partial class DatabaseCatalog
{
    /// <summary>Reads a schema (<c>Catalog.sql</c>) within the current transaction.</summary>
    /// <param name="schema">SQL Server's; PostgreSQL reads the first one of the search path.</param>
    /// <returns>A line for each thing: what it is in two words, then names and values of what distinguishes
    /// it.</returns>
    public static async Task<IReadOnlyList<string>> ReadAsync(TowerDbContext db, string schema, CancellationToken cancellation)
    {
        await using var command = db.Batch(AdoptionResource.Read(db.Provider(), "Catalog.sql"));
        if (db.Provider() == DatabaseProvider.SqlServer)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@schema", schema);
            command.Parameters.Add(parameter);
        }

        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        do
        {
            while (await reader.ReadAsync(cancellation))
            {
                lines.Add(Line(reader));
            }
        }
        while (await reader.NextResultAsync(cancellation));

        return lines;
    }

    private static string Line(DbDataReader row)
    {
        var values = Enumerable.Range(1, row.FieldCount - 1).Where(column => !row.IsDBNull(column))
            .Select(column => $"{row.GetName(column)} {Text(row.GetValue(column))}");
        return string.Join(' ', [row.GetString(0), .. values]);
    }

    /// <summary>In one line.</summary>
    private static string Text(object value) =>
        Blanks().Replace(Convert.ToString(value, CultureInfo.InvariantCulture)!, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
