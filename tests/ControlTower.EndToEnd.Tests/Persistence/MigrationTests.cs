using ControlTower.Core.Persistence;
using ControlTower.EndToEnd.Tests.Persistence.Adoption;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ControlTower.EndToEnd.Tests.Persistence;

/// <summary>One model, a set of migrations for each database, both complete.</summary>
public class MigrationTests
{
    [Fact]
    public void PostgreSQL_migrations_match_the_model()
    {
        using var db = TowerContexts.Postgres("Host=nowhere");

        db.Database.GetMigrations().ShouldNotBeEmpty();
        db.Database.HasPendingModelChanges().ShouldBeFalse("run: dotnet ef migrations add NAME -c PostgresTowerDbContext");
    }

    [Fact]
    public void SQL_Server_migrations_match_the_model()
    {
        using var db = TowerContexts.SqlServer("Server=nowhere");

        db.Database.GetMigrations().ShouldNotBeEmpty();
        db.Database.HasPendingModelChanges().ShouldBeFalse("run: dotnet ef migrations add NAME -c SqlServerTowerDbContext");
    }

    [Fact]
    public void Both_sets_have_the_same_steps()
    {
        using var postgres = TowerContexts.Postgres("Host=nowhere");
        using var server = TowerContexts.SqlServer("Server=nowhere");

        Names(server).ShouldBe(Names(postgres));
    }

    [Fact]
    public void The_SQL_Server_script_is_generated_whole()
    {
        using var db = TowerContexts.SqlServer("Server=nowhere");

        var script = db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);

        foreach (var table in db.Model.GetEntityTypes().Select(entity => entity.GetTableName()!).Distinct())
        {
            (script.Contains($"CREATE TABLE [{table}]", StringComparison.Ordinal)).ShouldBeTrue($"{table} is missing");
        }

        script.ShouldContain("Latin1_General_100_BIN2_UTF8");
        script.ShouldContain("WHERE state = 0");
    }

    [Fact]
    public async Task SQL_Server_takes_the_migrations()
    {
        Assert.SkipUnless(SqlServer.IsConfigured, SqlServer.SkipReason);
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();

        (await db.Database.GetPendingMigrationsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_left_after_the_step_back_from_Initial()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();

        await db.GetService<IMigrator>().MigrateAsync(Migration.InitialDatabase);

        (await Catalogs.ReadAsync(database)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Statistics_leave_out_columns_that_no_query_compares()
    {
        TestedDatabase.OnlyPostgreSQL("SQL Server takes statistics by itself.");
        await using var database = await TestDatabase.CreateAsync();
        await using var db = TowerContexts.Postgres(database.ConnectionString);

        (await TargetsAsync(db)).ShouldBe(["dedupe_key 20", "payload 0"]);
    }

    private static Task<List<string>> TargetsAsync(TowerDbContext db) => db.Database.SqlQuery<string>($"""
        SELECT attname || ' ' || COALESCE(attstattarget, -1) AS "Value" FROM pg_attribute
        WHERE attrelid = 'inbox_message'::regclass AND attname IN ('payload', 'dedupe_key') ORDER BY attname
        """).ToListAsync();

    /// <summary>Names of the migrations without their timestamp.</summary>
    private static List<string> Names(TowerDbContext db) =>
        [.. db.Database.GetMigrations().Select(name => name[(name.IndexOf('_', StringComparison.Ordinal) + 1)..])];
}
