using ControlTower.Core.Persistence;
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
        await using var context = second.Open();

        (await context.Inbox.CountAsync()).ShouldBe(0);
        second.ConnectionString.ShouldNotBe(first.ConnectionString);
    }

    [Fact]
    public async Task It_is_on_the_server_that_the_tests_run_on()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var context = database.Open();

        context.Database.IsSqlServer().ShouldBe(SqlServer.IsConfigured);
        (await context.Database.CanConnectAsync()).ShouldBeTrue();
    }
}
