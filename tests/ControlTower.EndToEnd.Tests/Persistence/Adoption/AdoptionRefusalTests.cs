using ControlTower.Core.Persistence.Adoption;
using ControlTower.Testing;

namespace ControlTower.EndToEnd.Tests.Persistence.Adoption;

/// <summary>What is not a database of this version or of 0.1.0 is refused in one sentence and stays as it is.</summary>
public sealed class AdoptionRefusalTests
{
    [Fact]
    public async Task A_database_of_an_older_version_is_refused()
    {
        await using var database = await TestDatabase.CreateVersion010Async();
        await Catalogs.ForgetAsync(database, AdoptedHistory.For(TestedDatabase.Provider)[^1]);

        (await RefusalAsync(database)).ShouldContain("neither this version nor 0.1.0");
    }

    [Fact]
    public async Task A_database_of_another_line_of_versions_is_refused()
    {
        await using var database = await TestDatabase.CreateVersion010Async();
        await Catalogs.RecordAsync(database, "20261123000000_SomethingElse");

        (await RefusalAsync(database)).ShouldContain("its last is 20261123000000_SomethingElse");
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync();
        await Catalogs.RecordAsync(database, "29991231000000_OfTheFuture");

        (await RefusalAsync(database)).ShouldContain("its last is 29991231000000_OfTheFuture");
    }

    [Theory]
    [InlineData("CREATE INDEX ix_site_mine ON site (name)", "index ix_site_mine is not expected")]
    [InlineData("CREATE TABLE mine (id int)", "table mine is not expected")]
    [InlineData("DROP INDEX ix_transaction_key", "index ix_transaction_key is missing")]
    [InlineData("DROP INDEX ix_exception_case_open_due", "_HeldMoney fails (42704: index \"ix_exception_case_open_due\" does not exist)")]
    [InlineData("DROP TRIGGER outbox_command_content ON outbox_command", "trigger outbox_command.outbox_command_content is missing")]
    [InlineData("ALTER TABLE outbox_command DISABLE TRIGGER outbox_command_content", "trigger outbox_command.outbox_command_content is")]
    [InlineData("ALTER TABLE command_attempt RESET (fillfactor)", "table command_attempt is")]
    [InlineData("ALTER TABLE inbox_message ALTER payload SET STATISTICS 100", "column inbox_message.payload is")]
    [InlineData("ALTER TABLE connector ALTER settings DROP DEFAULT", "column connector.settings is")]
    [InlineData("ALTER TABLE site ALTER name TYPE text", "column site.name is")]
    [InlineData("ALTER TABLE site ALTER name TYPE varchar(200) COLLATE \"POSIX\"", "column site.name is")]
    [InlineData("ALTER TABLE site ALTER name DROP NOT NULL", "column site.name is")]
    [InlineData("ALTER TABLE site ADD CONSTRAINT mine CHECK (name <> '')", "constraint site.mine is not expected")]
    [InlineData("CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'", "function mine is not expected")]
    public async Task A_difference_is_named(string change, string named)
    {
        TestedDatabase.OnlyPostgreSQL("the changes are written in PostgreSQL's SQL.");
        await using var database = await TestDatabase.CreateVersion010Async();
        await TestedDatabase.ExecuteAsync(database.ConnectionString, change);

        (await RefusalAsync(database)).ShouldContain(named);
    }

    [Fact]
    public async Task Of_many_differences_some_are_named_and_the_others_are_counted()
    {
        await using var database = await TestDatabase.CreateVersion010Async();
        for (var i = 0; i < 8; i++)
        {
            await TestedDatabase.ExecuteAsync(database.ConnectionString, $"CREATE INDEX ix_mine_{i} ON site (name)");
        }

        (await RefusalAsync(database)).ShouldEndWith("; and 3 more.");
    }

    /// <summary>The sentence, after a look that nothing was changed.</summary>
    private static async Task<string> RefusalAsync(TestDatabase database)
    {
        var (catalog, history) = (await Catalogs.ReadAsync(database), await Catalogs.HistoryAsync(database));
        await using var db = database.Open();

        var refusal = await Should.ThrowAsync<UnknownSchemaException>(() => DatabaseMigration.RunAsync(db));

        CatalogComparison.Differences(await Catalogs.ReadAsync(database), catalog).ShouldBeEmpty("the catalog is as it was");
        (await Catalogs.HistoryAsync(database)).ShouldBe(history);
        return refusal.Message;
    }
}
