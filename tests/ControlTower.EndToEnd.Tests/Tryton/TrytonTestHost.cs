using System.Text.Json;
using ControlTower.Core.Publishing;
using ControlTower.Core;
using ControlTower.Core.Administration;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Polling;
using ControlTower.Core.Connectors.Registering;
using ControlTower.Core.Engine;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Outbox;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Core.Policies;
using ControlTower.EndToEnd.Tests.Engine;
using ControlTower.EndToEnd.Tests.Landscape;
using ControlTower.Integrations;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ControlTower.EndToEnd.Tests.Tryton;

/// <summary>
/// A tower in this process with one Tryton in its three roles: engine, outbox and polling run as in the program.
/// </summary>
internal sealed class TrytonTestHost : IAsyncDisposable
{
    private static readonly Actor Admin = new(7, "admin", Actor.Person, [TowerRoles.Administrator], [], [], null);
    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;
    private readonly CancellationTokenSource _end = new();
    private Task _polling = Task.CompletedTask;

    private TrytonTestHost(TestDatabase database, ServiceProvider services) => (_database, _services) = (database, services);

    public string ConnectionString => _database.ConnectionString;

    /// <summary>A tower's database, its policies and modes; nothing runs yet.</summary>
    public static async Task<TrytonTestHost> OpenAsync()
    {
        var database = await TestDatabase.CreateAsync();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:ControlTower"] = database.ConnectionString,
            ["Database:Provider"] = TestedDatabase.Name,
            ["Connectors:AllowedHosts:0"] = "127.0.0.1",
            ["Connectors:Pipeline:BreakSeconds"] = "1",
            ["Connectors:Pipeline:BreakerFailures"] = "100",
            ["Outbox:BackoffMilliseconds"] = "200",
            ["Outbox:LongestBackoffSeconds"] = "1",
            ["Outbox:SettleSeconds"] = "2",
        }).Build();
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddCore(configuration);
        services.AddSingleton(new SecretBox(new byte[SecretBox.KeyBytes]));
        services.AddConnectors().AddPublishing().AddIntegrations(configuration).AddOutbox(configuration).AddEngine();
        var room = new TrytonTestHost(database, services.BuildServiceProvider());
        await room.Get<PolicyChanges>().SeedAsync();

        // Nobody tenders here: carriers are booked in Tryton.
        await room.Get<ConnectorModes>()
            .ReplaceAsync([new CommandModeRule(CommandKinds.TenderShipment, null, null, CommandMode.Native)], Admin);
        return room;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Tryton in its three roles, on one address.</summary>
    public static IEnumerable<(string Name, string Body)> Registrations(Uri address, string database, string drives) =>
        new[] { ("tryton", Roles.Erp), ("tryton-wms", Roles.Wms), ("tryton-billing", Roles.Billing) }.Select(role => (role.Item1, $$$"""
            {"name":"{{{role.Item1}}}","kind":"tryton","role":"{{{role.Item2}}}","baseUrl":"{{{address}}}{{{database}}}","poll":true,"pollSeconds":1,
             "settings":{"user":"tower","drives":"{{{drives}}}","acceptWarnings":["shipment_out_no_carrier"],"stageNotes":true},
             "credentials":{"password":"tower-secret-1"}}
            """));

    public async Task RegisterAsync(Uri address, string database, string drives = "assign")
    {
        foreach (var (name, body) in Registrations(address, database, drives))
        {
            await RegisterAsync(name, body);
        }
    }

    /// <summary>Registers a carrier that reports pick-ups.</summary>
    public Task RegisterCarrierAsync() => RegisterAsync(
        "ups",
        """
        {"kind":"open","role":"carrier","baseUrl":"http://127.0.0.1:9/","reports":["shipment.picked-up"],
         "inboundSecret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw","outboundSecret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}
        """);

    public Task PickedUpAsync(string tracking) => Get<InboxAcceptor>().AcceptAsync("ups", [EngineTestHost.Incoming($$"""
        {"specversion":"1.0","id":"pu-{{tracking}}","source":"ups","type":"tower.shipment.picked-up.v1","subject":"{{tracking}}","data":{"references":{} } }
        """)]);

    /// <summary>Sets the policy to bill on goods issue alone.</summary>
    public Task BillOnGoodsIssueAsync() =>
        Get<PolicyChanges>().ChangeAsync(new BillingTriggerPolicy { RequirePickUp = false }, Admin, "No carrier reports here.");

    public async Task StartAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
        }

        _polling = PollAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _polling;
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
        await _database.DisposeAsync();
        _end.Dispose();
    }

    public async Task<T> ReadAsync<T>(Func<TowerDbContext, Task<T>> read)
    {
        await using var db = Get<ITowerDb>().CreateDbContext();
        return await read(db);
    }

    /// <summary>Waits until an order is at this stage.</summary>
    public Task StageAsync(string order, TransactionStage stage) => EventuallyAsync(
        async () => (await OrderAsync(order))?.Stage == stage, $"{order} did not become {stage}");

    public Task<TransactionRecord?> OrderAsync(string order) =>
        ReadAsync(db => db.Transactions.AsNoTracking().SingleOrDefaultAsync(t => t.Key == $"tryton:{order}"));

    /// <summary>Milestones that Tryton reported of an order, once each.</summary>
    public async Task<IReadOnlyList<string>> SaidAsync(string order)
    {
        var id = (await OrderAsync(order))!.Id;
        return await ReadAsync(db =>
            db.TransactionEvents.Where(e => e.TransactionId == id && e.Connector.StartsWith("tryton"))
                .Select(e => e.Milestone)
                .Distinct()
                .Order().ToListAsync());
    }

    public Task<List<ExceptionCase>> OpenCasesAsync() =>
        ReadAsync(db => db.Cases.AsNoTracking().Where(c => c.State < CaseState.Resolved).ToListAsync());

    /// <summary>Waits for a condition; the failure shows the content of the books.</summary>
    public async Task EventuallyAsync(Func<Task<bool>> holds, string story)
    {
        var told = story;
        await Eventually.AsyncIs(
            async () =>
            {
                var isSo = await holds();
                told = isSo ? "" : $"{story}\n{await BooksAsync()}";
                return isSo;
            },
            () => told);
    }

    /// <summary>Everything that helps to find the cause.</summary>
    public async Task<string> BooksAsync()
    {
        await using var db = Get<ITowerDb>().CreateDbContext();
        var orders = await db.Transactions.Select(t => $"{t.Key} {t.Stage} {t.Health}").ToListAsync();
        var commands = await db.Commands.OrderBy(c => c.Id).Select(c => $"{c.Key} {c.State} {c.ExternalId}").ToListAsync();
        var attempts = await db.Attempts.OrderBy(a => a.Id).Select(a => $"{a.CommandId} {a.Outcome} {a.Detail}").ToListAsync();
        var cases = await db.Cases.Select(c => $"{c.ReasonCode} {c.State} {c.Message}").ToListAsync();
        var connectors = await db.Connectors.Select(c => $"{c.Name} {c.Health} {c.LastError} {c.Cursor}").ToListAsync();
        var inbox = await db.Inbox.OrderBy(m => m.Id).Select(m => $"{m.Connector} {m.Type} {m.Subject} {m.State}").ToListAsync();
        return string.Join('\n', [.. orders, .. commands, .. attempts, .. cases, .. connectors, .. inbox]);
    }

    private async Task RegisterAsync(string name, string body)
    {
        using var json = JsonDocument.Parse(body);
        var result = await Get<ConnectorRegistrar>().PutAsync(name, json.RootElement, Actor.Tower);
        Assert.True(result.Errors is null,
            string.Join('\n',
                (result.Errors ?? new Dictionary<string, string[]>()).Select(error => $"{error.Key}: {string.Join(' ', error.Value)}")));
    }

    private async Task PollAsync()
    {
        var worker = Get<PollWorker>();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                await worker.StartDueAsync(_end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            await worker.WhenIdleAsync();
        }
    }
}
