using ControlTower.Core.Persistence;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Persistence;

public sealed class ReaderTests
{
    [Fact]
    public async Task A_list_is_read_although_the_database_ended_every_idle_connection()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var tower = new TowerDb(new DatabaseOptions
            { ConnectionString = database.ConnectionString, Provider = TestedDatabase.Provider });
        await LeaveIdleAsync(tower.CreateReader, 20);

        (await TestedDatabase.EndOtherSessionsAsync(database.ConnectionString + ";Pooling=false")).ShouldBeGreaterThan(0);

        (await CountAsync(tower)).ShouldBe(0);
    }

    private static async Task LeaveIdleAsync(Func<TowerDbContext> create, int count)
    {
        var contexts = Enumerable.Range(0, count).Select(_ => create()).ToList();
        foreach (var db in contexts)
        {
            await db.Database.OpenConnectionAsync();
        }

        foreach (var db in contexts)
        {
            await db.DisposeAsync();
        }
    }

    private static async Task<int> CountAsync(ITowerDb tower)
    {
        await using var db = tower.CreateReader();
        return await db.Transactions.CountAsync();
    }
}
