using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ControlTower.EndToEnd.Tests.Browser;
using ControlTower.EndToEnd.Tests.Landscape;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Tryton;

/// <summary>The tower as a process of its own, and Tryton, die in the middle of the work and come back (I1, I2).</summary>
[Collection(nameof(TrytonCollection))]
public sealed class TrytonCrashTests(TrytonServer tryton) : IDisposable
{
    private const int Orders = 4;
    private readonly string _folder = Directory.CreateTempSubdirectory("control-tower-tryton-").FullName;
    private readonly Uri _address = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}/"));

    [Fact(SkipUnless = nameof(TrytonInstall.IsThere), SkipType = typeof(TrytonInstall), Skip = TrytonInstall.SkipReason)]
    public async Task A_killed_tower_and_a_killed_Tryton_leave_one_sale_one_invoice_and_one_posting_each()
    {
        await using var database = await TrytonServer.NewDatabaseAsync();
        await using var books = await TrytonRoom.OpenAsync();
        await books.BillOnGoodsIssueAsync();
        await SetUpAsync(books, TrytonServer.NameOf(database));
        await using var first = await StartTowerAsync(books);
        using (var people = await TrytonPeople.SignInAsync(tryton.Address, TrytonServer.NameOf(database)))
        {
            for (var i = 1; i <= Orders; i++)
            {
                await people.SellAsync($"EXT-{i}", "manual", (1, i, 10m));
            }
        }

        // In the middle of the orders the tower goes, and comes back to what it left; then Tryton does the same.
        await CommandsAsync(books, atLeast: 4);
        await first.KillAsync();
        await using var second = await StartTowerAsync(books);
        await books.PollNowAsync();
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

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Until so many commands were accepted by Tryton.</summary>
    private static Task CommandsAsync(TrytonRoom books, int atLeast) => books.EventuallyAsync(
        () => books.ReadAsync(async db => await db.Commands.CountAsync(c => c.State == Core.Outbox.CommandState.Accepted) >= atLeast), $"fewer than {atLeast} commands were done");

    private static Task<int> PostedAsync(TrytonRoom books) =>
        books.ReadAsync(db => db.Transactions.CountAsync(t => t.Stage == Core.Decisions.TransactionStage.Posted));

    private async Task SetUpAsync(TrytonRoom books, string database)
    {
        var connectors = string.Join(',', TrytonRoom.Registrations(tryton.Address, database, "done").Select(registration => registration.Body));
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "landscape.json"),
            $$"""{"sites":[{"code":"WH","name":"Warehouse","timeZone":"Europe/Berlin","area":"east"}],"connectors":[{{connectors}}]}""");
        await ChildProcess.RunAsync(
            TowerProgram.Assembly, ["setup", "--landscape", Path.Combine(_folder, "landscape.json"), "--credentials", Path.Combine(_folder, "credentials.json")], Environment(books));
    }

    private async Task<ChildProcess> StartTowerAsync(TrytonRoom books)
    {
        var tower = ChildProcess.Start(TowerProgram.Assembly, [], Environment(books));
        using var http = new HttpClient { BaseAddress = _address };
        await Eventually.AsyncIs(() => AnswersAsync(http), () => string.Join('\n', tower.Lines.TakeLast(20)));
        return tower;
    }

    private Dictionary<string, string> Environment(TrytonRoom books) => new(TowerProgram.Environment)
    {
        ["ConnectionStrings__ControlTower"] = books.ConnectionString,
        ["Database__AllowUnsafeDurability"] = "true",
        ["Urls"] = _address.ToString(),
        ["Connectors__AllowedHosts__0"] = "127.0.0.1",
        ["Outbox__SettleSeconds"] = "2",
        ["Secrets__MasterKeyFile"] = Path.Combine(_folder, "master.key"),
    };

    private static async Task<bool> AnswersAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("readyz", UriKind.Relative), TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
