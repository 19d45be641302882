using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace ControlTower.Core.Persistence.Adoption;

/// <summary>SQL Server has no search path: what a migration makes in a schema of its own must name it.</summary>
internal static partial class SqlServerSchemaMove
{
    /// <summary>Changes the operations of a migration that was made for this.</summary>
    /// <exception cref="NotSupportedException">An operation whose schema cannot be named: <c>Initial</c> has
    /// none.</exception>
    public static void To(string schema, IEnumerable<MigrationOperation> operations)
    {
        foreach (var operation in operations)
        {
            Move(operation, schema);
        }
    }

    private static void Move(MigrationOperation operation, string schema)
    {
        switch (operation)
        {
            case CreateTableOperation table:
                table.Schema = schema;
                table.ForeignKeys.ForEach(key => key.PrincipalSchema = schema);
                break;
            case CreateIndexOperation index:
                index.Schema = schema;
                break;
            case SqlOperation statements when Name().IsMatch(statements.Sql):
                statements.Sql = Name().Replace(statements.Sql, $"$1 [{schema}].$2");
                break;
            default:
                throw new NotSupportedException($"{operation.GetType().Name} has no schema to set.");
        }
    }

    /// <summary>Of a table or trigger, in the statements that <c>Initial</c> has by hand.</summary>
    [GeneratedRegex(@"\b(CREATE TABLE|CREATE TRIGGER|REFERENCES|ON) (\[\w+\]|QRTZ_\w+)")]
    private static partial Regex Name();
}
