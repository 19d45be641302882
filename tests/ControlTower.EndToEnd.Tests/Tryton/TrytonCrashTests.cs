using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.EndToEnd.Tests.Landscape;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Tryton;

/// <summary>
/// The tower as a separate process, and Tryton, are killed in the middle of the work and restarted (I1, I2).
/// </summary>
[Collection(nameof(TrytonCollection))]
public sealed class TrytonCrashTests(TrytonServer tryton)
{
    private const int Orders = 4;

    [Fact(SkipUnless = nameof(TrytonInstall.IsThere), SkipType = typeof(TrytonInstall), Skip = TrytonInstall.SkipReason)]
    public async Task A_killed_tower_and_a_killed_Tryton_leave_one_sale_one_invoice_and_one_posting_each()
    {
        await using var database = await TrytonServer.NewDatabaseAsync();
        await using var books = await TrytonTestHost.OpenAsync();
        await books.BillOnGoodsIssueAsync();
        await using var tower = await StartTowerAsync(books, TrytonServer.NameOf(database));
        using (var people = await TrytonPeople.SignInAsync(tryton.Address, TrytonServer.NameOf(database)))
        {
            for (var i = 1; i <= Orders; i++)
            {
                await people.SellAsync($"EXT-{i}", "manual", (1, i, 10m));
            }
        }

        // In the middle of the orders the tower is killed and restarted on its data; then Tryton.
        await CommandsAsync(books, atLeast: 4);
        await tower.KillAsync();
        await tower.RestartAsync();
        await CommandsAsync(books, atLeast: 9);
        await tryton.KillAsync();
        await tryton.StartAsync();

        await books.EventuallyAsync(async () => await PostedAsync(books) == Orders, "not all are posted");
        using var auditor = await TrytonPeople.SignInAsync(tryton.Address, TrytonServer.NameOf(database));
        for (var i = 1; i <= Orders; i++)
        {
            (await TrytonBooks.OfAsync(auditor, $"EXT-{i}")).AreSettledOnce(shipments: 1, net: i * 10m);
        }

        await books.EventuallyAsync(async () => (await books.OpenCasesAsync()).Count == 0, "a case stays open");
    }

    /// <summary>Waits until Tryton has accepted this many commands.</summary>
    private static Task CommandsAsync(TrytonTestHost books, int atLeast) => books.EventuallyAsync(
        () =>
            books.ReadAsync(async db =>
                await db.Commands.CountAsync(c => c.State == Core.Persistence.Outbox.CommandState.Accepted) >= atLeast),
                $"fewer than {atLeast} commands were done");

    private static Task<int> PostedAsync(TrytonTestHost books) =>
        books.ReadAsync(db => db.Transactions.CountAsync(t => t.Stage == Core.Kernel.TransactionStage.Posted));

    private Task<TowerHost> StartTowerAsync(TrytonTestHost books, string database) => TowerHost.StartAsync(
        $$"""
        {"sites":[{"code":"WH","name":"Warehouse","timeZone":"Europe/Berlin","area":"east"}],
         "connectors":[{{string.Join(',', TrytonTestHost.Registrations(tryton.Address, database, "done").Select(registration => registration.Body))}}]}
        """,
        new Dictionary<string, string> { ["Outbox__SettleSeconds"] = "2" },
        books.ConnectionString);
}
