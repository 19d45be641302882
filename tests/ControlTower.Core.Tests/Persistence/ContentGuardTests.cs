using ControlTower.Core.Persistence;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ControlTower.Core.Tests.Persistence;

/// <summary>
/// The content under a key never changes, whoever writes: SQL Server has the same trigger as PostgreSQL.
/// </summary>
public sealed class ContentGuardTests
{
    [Theory]
    [InlineData("transaction_id")]
    [InlineData("stem")]
    [InlineData("number")]
    [InlineData("[key]")]
    [InlineData("body")]
    [InlineData("content_hash")]
    public void The_trigger_guards_every_column_of_the_content(string column)
    {
        ContentGuard.Create.ShouldContain($"UPDATE({column})");
        ContentGuard.Create[ContentGuard.Create.IndexOf("SELECT", StringComparison.Ordinal)..].ShouldContain(column);
    }

    [Fact]
    public void The_migrations_create_it_and_their_script_can_run_twice()
    {
        using var db = TowerContexts.SqlServer("Server=nowhere");

        var script = db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);

        script.ShouldContain("EXEC(N'CREATE TRIGGER [outbox_command_content] ON [outbox_command] AFTER UPDATE");
    }

    [Fact]
    public void Saving_a_command_takes_the_trigger_into_account()
    {
        using var db = TowerContexts.SqlServer("Server=nowhere");

        var table = db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables.Single(t => t.Name == "outbox_command");

        table.Triggers.ShouldHaveSingleItem().ModelName.ShouldBe(ContentGuard.Trigger);
    }
}
