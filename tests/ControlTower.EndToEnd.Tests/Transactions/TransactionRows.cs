using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Testing;

namespace ControlTower.EndToEnd.Tests.Transactions;

/// <summary>A database with rows as the engine would write them, and people who view them.</summary>
internal sealed class TransactionRows(TestDatabase database) : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    public static readonly Actor Auditor = Person("auditor");

    public static async Task<TransactionRows> CreateAsync() => new(await TestDatabase.CreateAsync());

    public ITowerDb Tower { get; } = new TowerDb(new DatabaseOptions
        { ConnectionString = database.ConnectionString, Provider = TestedDatabase.Provider });

    public string ConnectionString => database.ConnectionString;

    public TowerDbContext CreateDbContext() => Tower.CreateDbContext();

    public static Actor Person(string name, string[]? sites = null, string[]? entities = null, params string[] roles) =>
        new(1, name, Actor.Person, roles, sites ?? [], entities ?? [], null);

    /// <summary>Adds a transaction <c>erp:{order}</c>, changed at <see cref="Start"/> plus that many seconds.</summary>
    public async Task<TransactionRecord> AddAsync(
        string order, int seconds = 0, string[]? sites = null, Action<TransactionRecord>? change = null,
        (string Kind, string Value)[]? numbers = null)
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

        await NameCustomerAsync(db, record);
        return record;
    }

    private async Task NameCustomerAsync(TowerDbContext db, TransactionRecord record)
    {
        var customer = OrderCustomer.From(record)!.Value;
        await using var transaction = await db.Database.BeginTransactionAsync();
        await Tower.Statements.InsertCustomersAsync(
            db, [new CustomerLink { Customer = customer.Id, TransactionId = record.Id }], customer.Words(), CancellationToken.None);
        await transaction.CommitAsync();
    }

    /// <summary>A hold over the invoice of shipment SH-1.</summary>
    public async Task HoldAsync(TransactionRecord record, decimal amount, string code)
    {
        await using var db = CreateDbContext();
        db.Add(new TransactionHold
        {
            TransactionId = record.Id,
            HoldKey = "billing:SH-1",
            Kind = "billing",
            Stops = "invoice",
            Code = code,
            Reason = "No proof of delivery came",
            Document = record.OrderNumber,
            Part = "SH-1",
            Amount = amount,
            Currency = record.Currency,
            ContentHash = new string('c', 64),
            Evidence = "[]",
            Since = Start,
        });
        await db.SaveChangesAsync();
    }

    /// <summary>A waived case of that reason in that team's queue, with the transaction's held money at risk.</summary>
    public Task WaivedCaseAsync(TransactionRecord record, string reason, string team) => AddCaseAsync(record, reason, "EAST", about =>
    {
        about.Team = team;
        (about.State, about.ResolvedBy, about.ResolvedAt) = (CaseState.Waived, "anna", Start);
        (about.AmountAtRisk, about.Currency) = (record.Held, record.Currency);
    });

    /// <summary>A case of that reason that people of that site see; open unless changed.</summary>
    public async Task AddCaseAsync(TransactionRecord record, string reason, string site, Action<ExceptionCase>? change = null)
    {
        await using var db = CreateDbContext();
        var about = new ExceptionCase
        {
            CaseKey = $"{record.Key}|{reason}:SH-1",
            Origin = CaseOrigin.Condition,
            TransactionId = record.Id,
            ReasonCode = reason,
            Team = ReasonCodes.Find(reason).Team,
            LegalEntity = record.LegalEntity,
            Sites = [new CaseSite { Site = site }],
            Message = ReasonCodes.Find(reason).Title,
            OpenedAt = Start,
            DueAt = Start,
            UpdatedAt = Start,
        };
        change?.Invoke(about);
        db.Add(about);
        await db.SaveChangesAsync();
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

    /// <summary>Not added yet.</summary>
    public static TransactionRecord New(string order, int seconds) => new()
    {
        Key = $"erp:{order}",
        ErpSystem = "erp",
        OrderNumber = order,
        State = "{}",
        CorrelationId = Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(order)))[..32],
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
