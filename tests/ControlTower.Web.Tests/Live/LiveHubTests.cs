using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Web.Identity;
using ControlTower.Web.Live;
using ControlTower.Web.Tests.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Web.Tests.Live;

/// <summary>The hub over SignalR's JSON protocol: records that end with the character 0x1e.</summary>
[Collection(nameof(TowerServerCollection))]
public sealed class LiveHubTests(TowerServer tower)
{
    private const char End = (char)0x1e;

    [Fact]
    public async Task A_client_receives_only_changes_that_it_may_see()
    {
        var (east, west) = (await TransactionAsync("erp:HUB-1", "EAST-1"), await TransactionAsync("erp:HUB-2", "WEST-1"));
        var (_, secret) = await tower.App.Services.GetRequiredService<ApiKeyStore>()
            .CreateAsync("hub", TowerRoles.WarehouseSupervisor, ["EAST-1"], [], Actor.Tower, CancellationToken.None);
        using var socket = await ConnectAsync(secret);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));

        var announcing = AnnounceAsync(new Change([west, east], []), patience.Token);
        var hint = await NextHintAsync(socket, patience.Token);
        await patience.CancelAsync();
        await announcing;

        hint.GetProperty("transactions").EnumerateArray().Select(key => key.GetString()).ShouldBe(["erp:HUB-1"]);
        hint.GetProperty("everything").GetBoolean().ShouldBeFalse();
    }

    /// <summary>
    /// Announces repeatedly: a hint sent before the client was connected is lost, which hints may be.
    /// </summary>
    private async Task AnnounceAsync(Change change, CancellationToken until)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        do
        {
            tower.App.Services.GetRequiredService<LiveFeed>().Announce(change);
        }
        while (!until.IsCancellationRequested && await timer.WaitForNextTickAsync(CancellationToken.None));
    }

    private async Task<WebSocket> ConnectAsync(string secret)
    {
        var client = tower.App.GetTestServer().CreateWebSocketClient();
        client.ConfigureRequest = request => request.Headers.Authorization = $"Bearer {secret}";
        var socket = await client.ConnectAsync(new Uri("ws://localhost/hubs/live"), CancellationToken.None);
        await socket.SendAsync(Encoding.UTF8.GetBytes($$"""{"protocol":"json","version":1}{{End}}"""), WebSocketMessageType.Text, true,
            CancellationToken.None);
        (await ReadAsync(socket, CancellationToken.None)).ShouldContain("{}");
        return socket;
    }

    private static async Task<JsonElement> NextHintAsync(WebSocket socket, CancellationToken cancellation)
    {
        while (true)
        {
            foreach (var record in (await ReadAsync(socket, cancellation)).Split(End, StringSplitOptions.RemoveEmptyEntries))
            {
                var message = JsonDocument.Parse(record).RootElement;
                if (message.TryGetProperty("target", out var target) && target.GetString() == "changed")
                {
                    return message.GetProperty("arguments")[0];
                }
            }
        }
    }

    private static async Task<string> ReadAsync(WebSocket socket, CancellationToken cancellation)
    {
        var buffer = new byte[16 * 1024];
        var read = await socket.ReceiveAsync(buffer, cancellation);
        return Encoding.UTF8.GetString(buffer, 0, read.Count);
    }

    private async Task<long> TransactionAsync(string key, string site)
    {
        var record = new TransactionRecord
        {
            Key = key,
            ErpSystem = "erp",
            OrderNumber = key[4..],
            State = "{}",
            Stage = TransactionStage.Accepted,
            CorrelationId = new string('0', 32),
        };
        await tower.WithAsync<TowerDbContext>(async db =>
        {
            db.Transactions.Add(record);
            await db.SaveChangesAsync();
            db.TransactionSites.Add(new TransactionSite { TransactionId = record.Id, Site = site });
            await db.SaveChangesAsync();
        });
        return record.Id;
    }
}
