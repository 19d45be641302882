using System.Text.Json;
using ControlTower.Core;
using ControlTower.Core.Administration;
using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Persistence.People;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Testing;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ControlTower.EndToEnd.Tests.Exceptions;

/// <summary>Core on a database of its own, without engine or network, to test people's actions separately.</summary>
internal sealed class CaseTestHost : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;

    private CaseTestHost(TestDatabase database, ServiceProvider services) => (_database, _services) = (database, services);

    public ManualClock Clock { get; private init; } = null!;

    public ITowerDb Tower => Get<ITowerDb>();

    public static Actor Supervisor { get; } = new(1, "supervisor.east", Actor.Person, [TowerRoles.WarehouseSupervisor], ["S1"], [], null);

    public static Actor OtherSupervisor { get; } = new(
        2, "supervisor.west", Actor.Person, [TowerRoles.WarehouseSupervisor], ["S2"], [], null);

    public static Actor Coordinator { get; } = new(3, "coordinator", Actor.Person, [TowerRoles.LogisticsCoordinator], [], [], null);

    public static Actor Finance1 { get; } = new(4, "finance1", Actor.Person, [TowerRoles.FinanceApprover], [], [], 1000);

    public static Actor Finance2 { get; } = new(5, "finance2", Actor.Person, [TowerRoles.FinanceApprover], [], [], 100_000);

    public static Actor Operator { get; } = new(6, "operator", Actor.Person, [TowerRoles.IntegrationOperator], [], [], null);

    public static Actor Admin { get; } = new(7, "admin", Actor.Person, [TowerRoles.Administrator], [], [], null);

    public static Actor Auditor { get; } = new(8, "auditor", Actor.Person, [TowerRoles.Auditor], [], [], null);

    public static Actor KeyOf(string role, decimal? limit = null) => new(null, $"key.{role}", Actor.Key, [role], [], [], limit);

    public static async Task<CaseTestHost> OpenAsync(Action<IServiceCollection>? adjust = null)
    {
        var database = await TestDatabase.CreateAsync();
        var clock = new ManualClock();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddCore(new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["ConnectionStrings:ControlTower"] = database.ConnectionString,
                ["Database:Provider"] = TestedDatabase.Name,
            })
            .Build());
        adjust?.Invoke(services);
        var room = new CaseTestHost(database, services.BuildServiceProvider()) { Clock = clock };
        await room.Get<PolicyChanges>().SeedAsync();
        await room.ChangeAsync(db =>
            db.Roles.AddRange(TowerRoles.All.Select((role, place) => new IdentityRole<long>(role) { Id = place + 1 })));
        foreach (var person in new[] { Supervisor, OtherSupervisor, Coordinator, Finance1, Finance2, Operator, Admin, Auditor })
        {
            await room.AddPersonAsync(person);
        }

        return room;
    }

    /// <summary>The account behind an actor, with their roles, scopes and limit.</summary>
    public Task AddPersonAsync(Actor person) => ChangeAsync(db =>
    {
        db.Users.Add(new TowerUser
            { Id = person.Id!.Value, UserName = person.Name, DisplayName = person.Name, AuthorityLimit = person.AuthorityLimit });
        var roles = TowerRoles.All.ToList();
        db.UserRoles.AddRange(person.Roles.Select(role =>
            new IdentityUserRole<long> { UserId = person.Id.Value, RoleId = roles.IndexOf(role) + 1 }));
        db.UserScopes.AddRange(person.Sites.Select(site =>
            new UserScope { UserId = person.Id.Value, Kind = UserScope.Site, Value = site }));
        db.UserScopes.AddRange(person.LegalEntities.Select(entity =>
            new UserScope { UserId = person.Id.Value, Kind = UserScope.LegalEntity, Value = entity }));
    });

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    public async Task<T> ReadAsync<T>(Func<TowerDbContext, Task<T>> read)
    {
        await using var db = Tower.CreateDbContext();
        return await read(db);
    }

    public async Task ChangeAsync(Action<TowerDbContext> change)
    {
        await using var db = Tower.CreateDbContext();
        change(db);
        await db.SaveChangesAsync();
    }

    /// <summary>An order of 500.00 USD at S1.</summary>
    public async Task<TransactionRecord> OrderAsync(string number = "SO-1", string site = "S1")
    {
        var record = new TransactionRecord
        {
            Key = $"erp:{number}",
            ErpSystem = "erp",
            OrderNumber = number,
            State = "{}",
            LegalEntity = "1000",
            CustomerId = "C1",
            Currency = "USD",
            Amount = 500,
            CorrelationId = new string('a', 32),
            CreatedAt = Clock.GetUtcNow(),
            UpdatedAt = Clock.GetUtcNow(),
        };
        await ChangeAsync(db => db.Transactions.Add(record));
        await ChangeAsync(db => db.TransactionSites.Add(new TransactionSite { TransactionId = record.Id, Site = site }));
        return record;
    }

    /// <summary>A billing hold on a shipment's invoice.</summary>
    public async Task<TransactionHold> HoldAsync(
        TransactionRecord order, decimal amount = 500, string shipment = "SH-1", string content = "c1")
    {
        var evidence = new EvidenceItem[]
        {
            new("goods-issue.posted", $"Goods issue of {shipment}", true, Clock.GetUtcNow(), "erp", "e1", 5),
            new("delivery.pod", $"Proof of delivery for {shipment}", false, null, null, null, null),
        };
        var hold = new TransactionHold
        {
            TransactionId = order.Id,
            HoldKey = $"billing:{shipment}",
            Kind = "billing",
            Stops = "invoice",
            Code = ReasonCodes.PodMissing,
            Reason = "Proof of delivery is missing",
            Document = order.OrderNumber,
            Part = shipment,
            Amount = amount,
            Currency = "USD",
            ContentHash = content.PadRight(64, '0'),
            Evidence = JsonSerializer.Serialize(evidence, JsonSerializerOptions.Web),
            Since = Clock.GetUtcNow(),
        };
        await ChangeAsync(db => db.Holds.Add(hold));
        return hold;
    }

    public async Task<ExceptionCase> CaseAsync(
        string reason, TransactionRecord? order = null, CaseOrigin origin = CaseOrigin.Condition, long? command = null,
        long? message = null, string? site = null, string? connector = null)
    {
        var sites = site is null ? await SitesOfAsync(order) : [site];
        var about = new ExceptionCase
        {
            CaseKey = $"{order?.Id}:{reason}:{message}:{connector}",
            Origin = origin,
            TransactionId = order?.Id,
            CommandId = command,
            MessageId = message,
            ReasonCode = reason,
            Team = ReasonCodes.Find(reason).Team,
            Site = site,
            LegalEntity = order?.LegalEntity,
            Sites = [.. sites.Select(at => new CaseSite { Site = at })],
            Connector = connector,
            Message = "It went wrong.",
            OpenedAt = Clock.GetUtcNow(),
            DueAt = Clock.GetUtcNow().AddHours(8),
            UpdatedAt = Clock.GetUtcNow(),
        };
        await ChangeAsync(db => db.Cases.Add(about));
        return about;
    }

    private async Task<List<string>> SitesOfAsync(TransactionRecord? order) =>
        order is null
            ? []
            : await ReadAsync(db => db.TransactionSites.Where(at => at.TransactionId == order.Id).Select(at => at.Site).ToListAsync());

    public async Task<OutboxCommand> CommandAsync(
        TransactionRecord order, CommandState state, int number = 1, string kind = CommandKinds.ReleaseFulfilment)
    {
        var stem = CommandKeys.Series(kind, order.OrderNumber, "S1");
        var command = new OutboxCommand
        {
            TransactionId = order.Id,
            Kind = kind,
            Document = order.OrderNumber,
            Part = "S1",
            Series = stem,
            Number = number,
            Key = CommandKeys.Key(stem, number),
            Connector = "wms",
            Site = "S1",
            LegalEntity = "1000",
            Body = """{"data":{"lines":[]}}"""u8.ToArray(),
            ContentHash = new string('b', 64),
            State = state,
            DueAt = Clock.GetUtcNow(),
            CreatedAt = Clock.GetUtcNow(),
            TraceParent = $"00-{new string('a', 32)}-{new string('b', 16)}-01",
        };
        await ChangeAsync(db => db.Commands.Add(command));
        return command;
    }

    public async Task<InboxMessage> MessageAsync(InboxState state, string id = "e1")
    {
        var message = new InboxMessage
        {
            Connector = "wms",
            Source = "wms",
            EventId = id,
            DedupeKey = IncomingEvent.KeyOf("wms", id),
            ContentHash = new byte[32],
            Payload = "{}"u8.ToArray(),
            Type = "tower.fulfilment.picked.v1",
            State = state,
            DueAt = Clock.GetUtcNow(),
            ReceivedAt = Clock.GetUtcNow(),
            AcceptedAt = Clock.GetUtcNow(),
        };
        await ChangeAsync(db => db.Inbox.Add(message));
        return message;
    }
}

/// <summary>A clock that moves only when a test moves it.</summary>
internal sealed class ManualClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Move(TimeSpan by) => _now += by;
}
