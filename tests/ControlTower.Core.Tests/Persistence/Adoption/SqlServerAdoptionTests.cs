using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Adoption;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ControlTower.Core.Tests.Persistence.Adoption;

/// <summary>What can be known of the adoption on SQL Server without one: the text of its statements.</summary>
public sealed class SqlServerAdoptionTests
{
    [Fact]
    public void The_script_leads_from_version_0_1_0_to_what_Initial_makes()
    {
        var adopted = new ScriptedCatalog().Run(Version010.Script(DatabaseProvider.SqlServer));
        foreach (var batch in ForwardScript.For(DatabaseProvider.SqlServer).SelectMany(step => step.Batches))
        {
            adopted.Run(batch);
        }

        adopted.Lines.Count.ShouldBeGreaterThan(500, "the scripts are read");
        CatalogComparison.Differences(adopted.Lines, new ScriptedCatalog().Run(InitialScript()).Lines).ShouldBeEmpty();
    }

    [Fact]
    public void The_reference_schema_is_named_in_every_statement()
    {
        using var db = TowerContexts.SqlServer("Server=nowhere");

        var script = ReferenceSchema.Script(db);

        script[0].ShouldBe("CREATE SCHEMA [control_tower_reference]");
        script.Count.ShouldBeGreaterThan(100);
        foreach (var statement in script.Skip(1))
        {
            statement.ShouldMatch(@"\b(CREATE TABLE|ON) \[control_tower_reference\]\.");
            statement.ShouldNotMatch(@"\b(CREATE TABLE|CREATE TRIGGER|ON|REFERENCES) (QRTZ|\[(?!control_tower_reference\]\.))");
        }
    }

    [Fact]
    public void The_trigger_of_the_reference_schema_differs_by_the_schema_only()
    {
        using var db = TowerContexts.SqlServer("Server=nowhere");

        var trigger = ReferenceSchema.Script(db).Single(statement => statement.Contains("CREATE TRIGGER", StringComparison.Ordinal));

        const string schema = "[control_tower_reference].";
        trigger.ShouldContain($"CREATE TRIGGER {schema}[outbox_command_content] ON {schema}[outbox_command] AFTER UPDATE");
        trigger.Replace(schema, "", StringComparison.Ordinal)
            .Replace("''", "'", StringComparison.Ordinal)
            .ShouldContain(ContentGuard.Create);
    }

    private static string InitialScript()
    {
        using var db = TowerContexts.SqlServer("Server=nowhere");
        var initial = db.Database.GetMigrations().First();
        return db.GetService<IMigrator>().GenerateScript(Migration.InitialDatabase, initial, MigrationsSqlGenerationOptions.NoTransactions);
    }
}
