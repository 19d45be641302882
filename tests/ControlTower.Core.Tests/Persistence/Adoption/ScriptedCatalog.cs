using System.Text.RegularExpressions;

namespace ControlTower.Core.Tests.Persistence.Adoption;

/// <summary>
/// What a script for SQL Server leaves of an empty database, for the few statements that migrations are made of; no
/// server is asked.
/// </summary>
internal sealed partial class ScriptedCatalog
{
    private readonly Dictionary<string, List<string>> _tables = [];
    private readonly Dictionary<string, string> _others = [];

    /// <summary>Columns with their place among those of their table, constraints, indexes and triggers.</summary>
    public IReadOnlyList<string> Lines =>
    [
        .. _tables.SelectMany(table => table.Value.Select((column, place) => $"column {table.Key} {place}: {column}")),
        .. _others.Select(other => $"{other.Key}: {other.Value}"),
    ];

    public ScriptedCatalog Run(string script)
    {
        foreach (var batch in script.ReplaceLineEndings("\n").Split("\nGO\n"))
        {
            RunBatch(Comment().Replace(batch, "").Trim().TrimStart('\uFEFF'));
        }

        return this;
    }

    private void RunBatch(string batch)
    {
        if (CreateTable().Match(batch) is { Success: true } table && table.Groups["table"].Value != "__EFMigrationsHistory")
        {
            Create(table.Groups["table"].Value, table.Groups["lines"].Value);
        }
        else if (AlterColumn().Match(batch) is { Success: true } alter)
        {
            var columns = _tables[alter.Groups["table"].Value];
            var name = $"[{alter.Groups["column"].Value}] ";
            columns[columns.FindIndex(column => column.StartsWith(name, StringComparison.Ordinal))] = alter.Groups["line"].Value;
        }
        else if (AddColumn().Match(batch) is { Success: true } add)
        {
            _tables[add.Groups["table"].Value].Add(add.Groups["line"].Value);
        }
        else if (CreateOther().Match(batch) is { Success: true } create)
        {
            _others[$"{create.Groups["kind"].Value} {create.Groups["name"].Value}"] = Blanks().Replace(batch.TrimEnd(';'), " ");
        }
        else if (DropIndex().Match(batch) is { Success: true } drop)
        {
            _others.Remove($"INDEX {drop.Groups["name"].Value}").ShouldBeTrue(batch);
        }
        else
        {
            Rows().IsMatch(batch).ShouldBeTrue($"This changes rows only: {batch}");
        }
    }

    private void Create(string table, string lines)
    {
        var parts = lines.Split(",\n")
            .Select(line => line.Trim())
            .ToLookup(line => line.StartsWith("CONSTRAINT", StringComparison.Ordinal));
        _tables.Add(table, [.. parts[false]]);
        foreach (var constraint in parts[true])
        {
            _others.Add($"{table} {constraint.Split(' ')[1]}", constraint);
        }
    }

    [GeneratedRegex(@"^CREATE TABLE \[(?<table>\w+)\] \(\n(?<lines>.*)\n\);$", RegexOptions.Singleline)]
    private static partial Regex CreateTable();

    [GeneratedRegex(@"^ALTER TABLE \[(?<table>\w+)\] ALTER COLUMN (?<line>\[(?<column>\w+)\] .*);$", RegexOptions.Multiline)]
    private static partial Regex AlterColumn();

    [GeneratedRegex(@"^ALTER TABLE \[(?<table>\w+)\] ADD (?<line>\[\w+\] .*);$")]
    private static partial Regex AddColumn();

    [GeneratedRegex(@"^(EXEC\(N')?CREATE (UNIQUE )?(?<kind>INDEX|TRIGGER|TABLE) \[?(?<name>\w+)")]
    private static partial Regex CreateOther();

    [GeneratedRegex(@"^DROP INDEX \[(?<name>\w+)\]")]
    private static partial Regex DropIndex();

    [GeneratedRegex(@"^($|INSERT|UPDATE|IF EXISTS \(SELECT \* FROM \[sys\]|IF OBJECT_ID\(N'\[__EFMigrationsHistory\]'\))")]
    private static partial Regex Rows();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^--.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
