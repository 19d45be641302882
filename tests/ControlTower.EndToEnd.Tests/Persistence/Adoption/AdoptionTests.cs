using ControlTower.Core.Persistence.Adoption;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Persistence.Adoption;

/// <summary>A database of version 0.1.0 is brought to the one Initial of today and keeps its rows.</summary>
public sealed class AdoptionTests
{
    [Fact]
    public async Task An_adopted_database_has_the_catalog_of_a_new_one()
    {
        await using var database = await TestDatabase.CreateVersion010Async();
        await using var fresh = await TestDatabase.CreateAsync();

        var result = await MigrateAsync(database);

        result.Adopted.ShouldBeTrue();
        var expected = await Catalogs.ReadAsync(fresh);
        expected.Count.ShouldBeGreaterThan(500, "the catalog is read");
        CatalogComparison.Differences(await Catalogs.ReadAsync(database), expected).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_history_of_an_adopted_database_is_that_of_a_new_one()
    {
        await using var database = await TestDatabase.CreateVersion010Async();
        await using var fresh = await TestDatabase.CreateAsync();

        await MigrateAsync(database);

        (await Catalogs.HistoryAsync(database)).ShouldBe(await Catalogs.HistoryAsync(fresh));
        (await MigrateAsync(database)).ShouldBe(new MigrationResult(Adopted: false, Applied: 0), "the second time there is nothing to do");
    }

    [Fact]
    public async Task A_new_database_is_not_adopted()
    {
        await using var fresh = await TestDatabase.CreateAsync();

        (await MigrateAsync(fresh)).ShouldBe(new MigrationResult(Adopted: false, Applied: 0));
    }

    [Fact]
    public async Task Orders_are_kept_and_open_ones_are_decided_again_for_their_promise()
    {
        await using var database = await TestDatabase.CreateVersion010Async();
        await TestedDatabase.ExecuteAsync(database.ConnectionString, Version010Rows.Orders);

        await MigrateAsync(database);

        await using var db = database.Open();
        var orders = await db.Transactions.OrderBy(t => t.Id).Select(t => new { t.Key, t.OrderedAt, t.NextLookAt, t.AtRisk }).ToListAsync();
        orders.Select(t => t.Key).ShouldBe(["erp:1", "erp:2"]);
        orders.ShouldAllBe(t => !t.AtRisk);
        orders.Select(t => t.NextLookAt).ShouldBe([orders[0].OrderedAt, null], "the second is posted");
        (await db.TransactionCounts.SumAsync(count => count.Count)).ShouldBe(2, "both are counted");
    }

    [Fact]
    public async Task Cases_that_people_ended_become_waived_or_discarded()
    {
        await using var database = await TestDatabase.CreateVersion010Async();
        await TestedDatabase.ExecuteAsync(database.ConnectionString, Version010Rows.Orders);
        await TestedDatabase.ExecuteAsync(database.ConnectionString, Version010Rows.Cases);

        await MigrateAsync(database);

        await using var db = database.Open();
        (await db.Cases.OrderBy(c => c.Id).Select(c => c.State).ToListAsync()).ShouldBe(
            [CaseState.Waived, CaseState.Discarded, CaseState.Resolved, CaseState.Open],
            "one of an order in trouble, one of a message, one that the tower closed, one that is open");
        (await db.Cases.Where(c => c.Id == 4).Select(c => c.ReasonCode).SingleAsync()).ShouldBe("PUBLICATION_UNROUTABLE");
    }

    [Fact]
    public async Task A_database_between_the_versions_is_adopted()
    {
        await using var database = await TestDatabase.CreateVersion010Async();
        foreach (var step in ForwardScript.For(TestedDatabase.Provider).Take(3))
        {
            foreach (var batch in step.Batches)
            {
                await TestedDatabase.ExecuteAsync(database.ConnectionString, batch);
            }

            await Catalogs.RecordAsync(database, step.Migration);
        }

        (await MigrateAsync(database)).Adopted.ShouldBeTrue();
    }

    [Fact]
    public async Task Two_nodes_at_once_adopt_a_database_once()
    {
        await using var database = await TestDatabase.CreateVersion010Async();

        await Task.WhenAll(MigrateAsync(database), MigrateAsync(database), MigrateAsync(database));

        await using var fresh = await TestDatabase.CreateAsync();
        (await Catalogs.HistoryAsync(database)).ShouldBe(await Catalogs.HistoryAsync(fresh));
    }

    private static async Task<MigrationResult> MigrateAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await DatabaseMigration.RunAsync(db, TestContext.Current.CancellationToken);
    }
}
