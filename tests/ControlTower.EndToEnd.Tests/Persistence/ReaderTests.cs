using ControlTower.Core.Persistence;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ControlTower.EndToEnd.Tests.Persistence;

public sealed class ReaderTests
{
    [Fact]
    public async Task A_list_is_read_although_the_database_ended_every_idle_connection()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var tower = new TowerDb(new DatabaseOptions { ConnectionString = database.ConnectionString });
        await LeaveIdleAsync(tower.CreateReader, 20);

        await using (var server = new NpgsqlConnection(database.ConnectionString + ";Pooling=false"))
        {
            await server.OpenAsync();
            await using var end = new NpgsqlCommand(
                "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()", server);
            Convert.ToInt32(await end.ExecuteScalarAsync(), null).ShouldBeGreaterThan(0);
        }

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
