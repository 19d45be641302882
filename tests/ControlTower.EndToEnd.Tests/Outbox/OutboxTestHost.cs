using System.Text;
using System.Text.Json;
using ControlTower.Core.Publishing;
using ControlTower.Core;
using ControlTower.Core.Administration;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Registering;
using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Engine;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Outbox;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Persistence.Policies;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Core.Policies;
using ControlTower.Core.Processes.SalesOrders;
using ControlTower.EndToEnd.Tests.Engine;
using ControlTower.EndToEnd.Tests.Landscape;
using ControlTower.Integrations.Open;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ControlTower.EndToEnd.Tests.Outbox;

/// <summary>
/// The outbox with real connectors on a database of its own. Several instances on one database are several nodes.
/// </summary>
internal sealed class OutboxTestHost : IAsyncDisposable
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;
    private readonly bool _owns;
    private readonly List<IHostedService> _running = [];

    private OutboxTestHost(TestDatabase database, ServiceProvider services, bool owns) =>
        (_database, _services, _owns) = (database, services, owns);

    public ITowerDb Tower => Get<ITowerDb>();

    public static Task<OutboxTestHost> OpenAsync(params (string Key, string Value)[] settings) => OpenAsync(_ => { }, settings);

    public static async Task<OutboxTestHost> OpenAsync(Action<IServiceCollection> adjust, params (string Key, string Value)[] settings)
    {
        var room = Over(await TestDatabase.CreateAsync(), owns: true, adjust, settings);
        await room.Get<PolicyChanges>().SeedAsync();
        return room;
    }

    /// <summary>Another node on the same database.</summary>
    public OutboxTestHost Beside(params (string Key, string Value)[] settings) => Beside(_ => { }, settings);

    public OutboxTestHost Beside(Action<IServiceCollection> adjust, params (string Key, string Value)[] settings) =>
        Over(_database, owns: false, adjust, settings);

    public string ConnectionString => _database.ConnectionString;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task StartAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>().Where(service => service is OutboxWorker or OutboxLoop))
        {
            await service.StartAsync(CancellationToken.None);
            _running.Add(service);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _running.AsEnumerable().Reverse())
        {
            await service.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
        if (_owns)
        {
            await _database.DisposeAsync();
        }
    }

    public async Task RegisterAsync(string name, string role, string baseUrl, string more = "", string kind = "open")
    {
        var secrets = kind == "open" ? $",\"inboundSecret\":\"{Secret}\",\"outboundSecret\":\"{Secret}\"" : "";
        var body = $$"""{"kind":"{{kind}}","role":"{{role}}","baseUrl":"{{baseUrl}}"{{secrets}}{{more}}}""";
        using var json = JsonDocument.Parse(body);
        var result = await Get<ConnectorRegistrar>().PutAsync(name, json.RootElement, Actor.Tower);
        result.Errors.ShouldBeNull();
    }

    public async Task<T> ReadAsync<T>(Func<TowerDbContext, Task<T>> read)
    {
        await using var db = Tower.CreateDbContext();
        return await read(db);
    }

    public Task<OutboxCommand> CommandAsync(string key) => ReadAsync(db => db.Commands.AsNoTracking().SingleAsync(c => c.Key == key));

    /// <summary>Adds this many releases that wait for the connector, each of a separate order.</summary>
    public async Task<IReadOnlyList<string>> WantAsync(
        string connector, int count = 1, CommandState state = CommandState.Pending, string prefix = "SO")
    {
        await using var db = Tower.CreateDbContext();
        var context = new DecisionContext(await Get<IPolicyStore>().GetAsync(), await Get<ISystemTopologyStore>().GetAsync(), Now);
        var orders = Enumerable.Range(1, count).Select(i => Accepted($"{prefix}-{i}", context.Topology)).ToList();
        var rows = orders.ConvertAll(order => Order(order.Number, order.State, context.Policies.Version));
        db.Transactions.AddRange(rows);
        await db.SaveChangesAsync();
        var commands = orders.Zip(rows,
            (order, row) =>
                Release(row, Decider.Decide(order.State, context).Commands.Single(w => w.Kind == CommandKinds.ReleaseFulfilment), connector,
                    state, context.Policies.Version)).ToList();
        db.Commands.AddRange(commands);
        await db.SaveChangesAsync();
        Get<OutboxSignal>().Raise();
        return commands.ConvertAll(command => command.Key);
    }

    public Task SettleAsync(string connector, CommandState state, int count) => Eventually.AsyncIs(
        () => ReadAsync(async db => await db.Commands.CountAsync(c => c.Connector == connector && c.State == state) == count),
        () => $"Not all {count} commands to {connector} became {state}.");

    /// <summary>The number of the tower's own messages of that milestone.</summary>
    public Task<int> OutcomesAsync(string milestone) =>
        ReadAsync(db => db.Inbox.CountAsync(m => m.Connector == Roles.Tower && m.Type == $"tower.{milestone}.v1"));

    /// <summary>An order that the ERP accepted: its release is wanted.</summary>
    private static (string Number, TransactionState State) Accepted(string number, Core.Kernel.Topology.SystemTopology landscape)
    {
        var erp = new ConnectorProfile("erp", "open", Roles.Erp, [], [], [], false);
        var mapped = FactMapper.Map(erp, Encoding.UTF8.GetBytes(Events.Order(number)), TimeProvider.System.GetUtcNow(), landscape);
        var state = TransactionState.Empty;
        state.Merge(mapped.Fact!);
        return (number, state);
    }

    private TransactionRecord Order(string number, TransactionState state, long policies) => new()
    {
        Key = $"erp:{number}",
        ErpSystem = "erp",
        OrderNumber = number,
        State = state.ToJson(),
        StateFormat = TransactionState.Format,
        LegalEntity = "1000",
        CustomerId = "C1",
        Currency = "USD",
        CorrelationId = new string('a', 32),
        CreatedAt = Now,
        UpdatedAt = Now,
        PolicyVersion = policies,
    };

    private OutboxCommand Release(TransactionRecord order, WantedCommand wanted, string connector, CommandState state, long policies)
    {
        var key = CommandKeys.Key(wanted.Series, 1);
        return new OutboxCommand
        {
            TransactionId = order.Id,
            Kind = wanted.Kind,
            Document = wanted.Document,
            Part = wanted.Part,
            Series = wanted.Series,
            Number = 1,
            Key = key,
            Connector = connector,
            Site = wanted.Site,
            LegalEntity = wanted.LegalEntity,
            Body = Encoding.UTF8.GetBytes($$$"""{"id":"{{{key}}}","data":{{{wanted.Data}}} }"""),
            ContentHash = wanted.ContentHash,
            State = state,
            Priority = wanted.Priority,
            RankAt = DispatchPriority.RankAt(wanted.Priority, new PacePolicy(), Now),
            DueAt = Now,
            PolicyVersion = policies,
            CreatedAt = Now,
            TraceParent = $"00-{new string('a', 32)}-{new string('b', 16)}-01",
        };
    }

    private DateTimeOffset Now => UtcMicroseconds.Cut(TimeProvider.System.GetUtcNow());

    private static OutboxTestHost Over(
        TestDatabase database, bool owns, Action<IServiceCollection> adjust, (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["ConnectionStrings:ControlTower"] = database.ConnectionString,
                ["Database:Provider"] = TestedDatabase.Name,
                ["Connectors:AllowedHosts:0"] = "127.0.0.1",
                ["Connectors:Pipeline:TimeoutSeconds"] = "2",
                ["Connectors:Pipeline:BreakSeconds"] = "1",
                ["Connectors:Pipeline:UnauthorisedSeconds"] = "1",
                ["Outbox:LeaseSeconds"] = "5",
                ["Outbox:BackoffMilliseconds"] = "20",
                ["Outbox:LongestBackoffSeconds"] = "1",
            })
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)))
            .Build();
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddCore(configuration);
        services.AddSingleton(new SecretBox(new byte[SecretBox.KeyBytes]));
        services.AddConnectors().AddPublishing().AddOpen(configuration).AddOutbox(configuration);
        adjust(services);
        return new OutboxTestHost(database, services.BuildServiceProvider(), owns);
    }
}
