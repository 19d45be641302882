using ControlTower.Core.Persistence;
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
    public async Task Cases_of_the_version_before_get_the_sites_whose_people_see_them()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        await db.GetService<IMigrator>().MigrateAsync("Publishing");
        await db.Database.ExecuteSqlRawAsync(CasesOfOld);

        await db.Database.MigrateAsync();

        var sites = await db.CaseSites.OrderBy(at => at.CaseId).ThenBy(at => at.Site).Select(at => $"{at.CaseId} {at.Site}").ToListAsync();
        sites.ShouldBe(["1 S1", "2 S2", "2 S3"], "its own, else its order's; one of a message has none");
    }

    [Fact]
    public async Task What_arrived_is_pending_for_the_version_before_after_the_step_back()
    {
        TestedDatabase.OnlyPostgreSQL("its rows are written in PostgreSQL's SQL.");
        await using var database = await TestDatabase.CreateAsync();
        await using var db = TowerContexts.Postgres(database.ConnectionString);
        await db.Database.ExecuteSqlRawAsync(TwoMessages);

        await db.GetService<IMigrator>().MigrateAsync("LateTransactions");

        (await db.Database.SqlQuery<short>($"""SELECT state AS "Value" FROM inbox_message ORDER BY id""").ToListAsync()).ShouldBe([(short)1, (short)0]);
    }

    [Fact]
    public async Task Open_orders_of_the_version_before_are_looked_at_again_for_their_promise()
    {
        TestedDatabase.OnlyPostgreSQL("its rows are written in PostgreSQL's SQL.");
        await using var database = await TestDatabase.CreateAsync();
        await using var db = TowerContexts.Postgres(database.ConnectionString);
        await db.GetService<IMigrator>().MigrateAsync("PendingApprovals");
        await db.Database.ExecuteSqlRawAsync(TwoOrders);

        await db.Database.MigrateAsync();

        var looks = await db.Transactions.OrderBy(t => t.Id).Select(t => new { t.OrderedAt, t.NextLookAt, t.AtRisk }).ToListAsync();
        looks.ShouldAllBe(t => !t.AtRisk);
        looks.Select(t => t.NextLookAt).ShouldBe([looks[0].OrderedAt, null], "the second is posted");
    }

    /// <summary>One that is shipped and one that is posted.</summary>
    private const string TwoOrders = """
        INSERT INTO transaction (id, key, erp_system, order_number, state, state_format, version, policy_version, stage, health, legal_entity, customer_id, currency,
            amount, invoiced, posted, held, late, ordered_at, updated_at, created_at, correlation_id) VALUES
            (1, 'erp:1', 'erp', '1', '{{}}', 1, 1, 1, 4, 0, '1000', 'C', 'USD', 1, 0, 0, 0, false, now(), now(), now(), 'a'),
            (2, 'erp:2', 'erp', '2', '{{}}', 1, 1, 1, 7, 0, '1000', 'C', 'USD', 1, 1, 1, 0, false, now(), now(), now(), 'b');
        """;

    /// <summary>One that was applied and one that arrived.</summary>
    private const string TwoMessages = """
        INSERT INTO inbox_message (id, connector, source, event_id, dedupe_key, content_hash, payload, type, state, due_at, attempts, received_at, accepted_at) VALUES
            (1, 'erp', 'urn:erp', 'a', '\x01', '\x01', '\x01', 'tower.order.accepted.v1', 1, now(), 0, now(), now()),
            (2, 'erp', 'urn:erp', 'b', '\x02', '\x02', '\x02', 'tower.order.accepted.v1', 1, now(), 0, now(), now());
        INSERT INTO inbox_arrival (message_id, connector, received_at, accepted_at) VALUES (2, 'erp', now(), now());
        """;

    [Fact]
    public async Task Statistics_leave_out_what_no_question_compares()
    {
        TestedDatabase.OnlyPostgreSQL("SQL Server takes statistics by itself.");
        await using var database = await TestDatabase.CreateAsync();
        await using var db = TowerContexts.Postgres(database.ConnectionString);

        (await TargetsAsync(db)).ShouldBe(["dedupe_key 20", "payload 0"]);

        await db.GetService<IMigrator>().MigrateAsync("CaseSites");
        (await TargetsAsync(db)).ShouldBe(["dedupe_key -1", "payload -1"], "the step back");
    }

    private static Task<List<string>> TargetsAsync(TowerDbContext db) => db.Database.SqlQuery<string>($"""
        SELECT attname || ' ' || COALESCE(attstattarget, -1) AS "Value" FROM pg_attribute
        WHERE attrelid = 'inbox_message'::regclass AND attname IN ('payload', 'dedupe_key') ORDER BY attname
        """).ToListAsync();

    /// <summary>As that version writes them.</summary>
    internal static string CasesOfOld => "INSERT INTO transaction_site (transaction_id, site) VALUES (7, 'S2'), (7, 'S3'); " + TestedDatabase.WithNumbers("exception_case", """
        INSERT INTO exception_case (id, case_key, origin, transaction_id, site, reason_code, team, state, message, revision, opened_at, due_at, replays, updated_at, version) VALUES
            (1, 'a', 0, 7, 'S1', 'PICK_SHORT', 'warehouse', 0, 'One of a site.', 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 0, CURRENT_TIMESTAMP, 0),
            (2, 'b', 0, 7, NULL, 'CONTENT_CONFLICT', 'integration', 0, 'One of the whole order.', 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 0, CURRENT_TIMESTAMP, 0),
            (3, 'c', 1, NULL, NULL, 'SCHEMA_INVALID', 'integration', 0, 'One of a message.', 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 0, CURRENT_TIMESTAMP, 0)
        """);

    /// <summary>Without their time of making.</summary>
    private static List<string> Names(TowerDbContext db) => [.. db.Database.GetMigrations().Select(name => name[(name.IndexOf('_', StringComparison.Ordinal) + 1)..])];
}
