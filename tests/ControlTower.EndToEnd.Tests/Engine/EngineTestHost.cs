using System.Text.Json;
using ControlTower.Core;
using ControlTower.Core.Administration;
using ControlTower.Core.Engine;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.EndToEnd.Tests.Exceptions;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ControlTower.EndToEnd.Tests.Engine;

/// <summary>
/// The engine on a database of its own, with a clock that moves only when a test moves it and one system of each role.
/// Cycles run when a test runs them.
/// </summary>
internal sealed class EngineTestHost : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;

    private EngineTestHost(TestDatabase database, ServiceProvider services) => (_database, _services) = (database, services);

    public ManualClock Clock { get; private init; } = null!;

    public ITowerDb Tower => Get<ITowerDb>();

    public EngineWorker Worker => Get<EngineWorker>();

    public string ConnectionString => _database.ConnectionString;

    public static async Task<EngineTestHost> OpenAsync(
        Action<IServiceCollection>? adjust = null, params (string Key, string Value)[] settings)
    {
        var database = await TestDatabase.CreateAsync();
        var room = Over(database, adjust, settings);
        await room.Get<PolicyChanges>().SeedAsync();
        await room.RegisterAsync(
            ("erp", Roles.Erp), ("wms", Roles.Wms), ("tms", Roles.Tms), ("ups", Roles.Carrier), ("billing", Roles.Billing));
        return room;
    }

    /// <summary>A second node on the same database; the first one owns it.</summary>
    public EngineTestHost Beside(Action<IServiceCollection>? adjust = null) => Over(_database, adjust, [], Clock, owns: false);

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    private bool Owns { get; init; } = true;

    private static EngineTestHost Over(
        TestDatabase database, Action<IServiceCollection>? adjust, IEnumerable<(string Key, string Value)> settings,
        ManualClock? clock = null, bool owns = true)
    {
        clock ??= new ManualClock();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddCore(new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["ConnectionStrings:ControlTower"] = database.ConnectionString,
                ["Database:Provider"] = TestedDatabase.Name,
            })
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)))
            .Build());
        adjust?.Invoke(services);
        return new EngineTestHost(database, services.BuildServiceProvider()) { Clock = clock, Owns = owns };
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (Owns)
        {
            await _database.DisposeAsync();
        }
    }

    public async Task<T> ReadAsync<T>(Func<TowerDbContext, Task<T>> read)
    {
        await using var db = Tower.CreateDbContext();
        return await read(db);
    }

    public Task RegisterAsync(params (string Name, string Role)[] connectors) => RegisterAsync("open", connectors);

    public async Task RegisterAsync(string kind, params (string Name, string Role)[] connectors)
    {
        await using var db = Tower.CreateDbContext();
        db.Connectors.AddRange(connectors.Select(c => new ConnectorRecord
        {
            Name = c.Name,
            Kind = kind,
            Role = c.Role,
            BaseUrl = "https://localhost/",
            InboundSecret = [1],
            OutboundSecret = [1],
            Reports = JsonSerializer.Serialize(Milestones.OwnedBy(c.Role)),
        }));
        await db.SaveChangesAsync();
        await Get<ISystemTopologyStore>().RefreshAsync();
    }

    public Task<AcceptResult> AcceptAsync(string connector, params string[] events) =>
        Get<InboxAcceptor>().AcceptAsync(connector, [.. events.Select(Incoming)]);

    /// <summary>Accepts events and runs cycles until nothing is due.</summary>
    public async Task SayAsync(string connector, params string[] events)
    {
        await AcceptAsync(connector, events);
        await Worker.RunUntilQuietAsync();
    }

    public Task<TransactionRecord?> OrderAsync(string key) =>
        ReadAsync(db => db.Transactions.AsNoTracking().SingleOrDefaultAsync(t => t.Key == key));

    /// <summary>The state of each message, in the order of arrival.</summary>
    public Task<List<InboxState>> StatesAsync() => ReadAsync(
        db =>
            db.Inbox.OrderBy(m => m.Id)
                .Select(m => db.Arrivals.Any(a => a.MessageId == m.Id) ? InboxState.Pending : m.State)
                .ToListAsync());

    public static IncomingEvent Incoming(string json) =>
        IncomingEvent.Read(System.Text.Encoding.UTF8.GetBytes(json), null, out var fault) ?? throw new InvalidOperationException(fault);
}
