using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Launcher;

public class TestDatabaseTests
{
    [Fact]
    public async Task Each_test_gets_an_empty_database_with_the_schema()
    {
        await using var first = await TestDatabase.CreateAsync();
        await using var second = await TestDatabase.CreateAsync();
        await using var context = TowerContexts.Postgres(second.ConnectionString);

        (await context.Inbox.CountAsync()).ShouldBe(0);
        second.ConnectionString.ShouldNotBe(first.ConnectionString);
    }

    [Fact]
    public async Task The_same_on_sql_server()
    {
        await using var database = await TestDatabase.CreateOnSqlServerAsync();
        await using var context = TowerContexts.SqlServer(database.ConnectionString);

        (await context.Inbox.CountAsync()).ShouldBe(0);
    }
}
