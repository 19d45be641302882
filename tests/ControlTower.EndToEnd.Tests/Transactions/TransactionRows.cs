using ControlTower.Core.Decisions;
using ControlTower.Core.Identity;
using ControlTower.Core.Persistence;
using ControlTower.Core.Transactions;
using ControlTower.Testing;

namespace ControlTower.EndToEnd.Tests.Transactions;

/// <summary>A database with rows as the engine would leave them, and people who look at it.</summary>
internal sealed class TransactionRows(TestDatabase database) : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    public static readonly Actor Auditor = Person("auditor");

    public static async Task<TransactionRows> CreateAsync() => new(await TestDatabase.CreateAsync());

    public ITowerDb Tower { get; } = new TowerDb(new DatabaseOptions { ConnectionString = database.ConnectionString, Provider = TestedDatabase.Provider });

    public TowerDbContext CreateDbContext() => Tower.CreateDbContext();

    public static Actor Person(string name, string[]? sites = null, string[]? entities = null, params string[] roles) =>
        new(1, name, Actor.Person, roles, sites ?? [], entities ?? [], null);

    /// <summary>Adds a transaction <c>erp:{order}</c>, changed at <see cref="Start"/> plus that many seconds.</summary>
    public async Task<TransactionRecord> AddAsync(
        string order, int seconds = 0, string[]? sites = null, Action<TransactionRecord>? change = null, (string Kind, string Value)[]? numbers = null)
    {
        await using var db = CreateDbContext();
        var record = New(order, seconds);
        change?.Invoke(record);
        db.Add(record);
        await db.SaveChangesAsync();
        db.AddRange((sites ?? ["EAST"]).Select(site => new TransactionSite { TransactionId = record.Id, Site = site }));
        await db.SaveChangesAsync();
        foreach (var (kind, value) in (numbers ?? []).Append(("order", order)))
        {
            await LinkAsync(db, record.Id, kind, value);
        }

        return record;
    }

    private static async Task LinkAsync(TowerDbContext db, long transaction, string kind, string value)
    {
        var reference = db.References.FirstOrDefault(r => r.Kind == kind && r.Value == value);
        if (reference is null)
        {
            reference = new DocumentReference { Kind = kind, Value = value };
            db.Add(reference);
            await db.SaveChangesAsync();
        }

        db.Add(new ReferenceLink { ReferenceId = reference.Id, System = "any", TransactionId = transaction });
        await db.SaveChangesAsync();
    }

    private static TransactionRecord New(string order, int seconds) => new()
    {
        Key = $"erp:{order}",
        ErpSystem = "erp",
        OrderNumber = order,
        State = "{}",
        CorrelationId = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(order)))[..32],
        Stage = TransactionStage.Accepted,
        LegalEntity = "1000",
        CustomerId = "C-1",
        CustomerName = "Acme",
        Currency = "USD",
        Amount = 100.50m,
        CreatedAt = Start,
        UpdatedAt = Start.AddSeconds(seconds),
    };

    public async ValueTask DisposeAsync()
    {
        await ((TowerDb)Tower).DisposeAsync();
        await database.DisposeAsync();
    }
}
