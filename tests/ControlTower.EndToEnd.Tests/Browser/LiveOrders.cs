using System.Globalization;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.EndToEnd.Tests.Landscape;
using ControlTower.Testing;

namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>Orders that change many times a second, as an engine on another node would change them.</summary>
internal sealed class LiveOrders(TowerApp tower)
{
    private const int Count = 60;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(50);

    private readonly List<long> _ids = [];

    /// <summary>The case of the order becomes the least urgent one, too.</summary>
    public bool CasesMove { get; init; }

    /// <summary>Makes the orders, each with an open case, unless they exist.</summary>
    public async Task MakeAsync(string prefix)
    {
        await using var db = TestedDatabase.Open(tower.ConnectionString);
        var orders = Enumerable.Range(1, Count).Select(number => Order($"{prefix}-{number:000}")).ToList();
        db.AddRange(orders);
        await db.SaveChangesAsync();
        db.AddRange(orders.Select(order => new TransactionSite { TransactionId = order.Id, Site = "EAST-1" }));
        db.AddRange(orders.Select(Case));
        await db.SaveChangesAsync();
        _ids.AddRange(orders.Select(order => order.Id));
    }

    /// <summary>Twenty changes a second until it is stopped: each order in turn becomes the latest.</summary>
    public async Task ChangeAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Every);
        for (var turn = 0; !stopping.IsCancellationRequested; turn++)
        {
            var id = _ids[turn % _ids.Count].ToString(CultureInfo.InvariantCulture);
            await tower.ExecuteAsync($"""
                UPDATE "transaction" SET updated_at = clock_timestamp(), invoiced = invoiced + 1 WHERE id = {id};
                UPDATE exception_case SET updated_at = clock_timestamp(), replays = replays + 1{(CasesMove ? LeastUrgent(turn) : null)} WHERE transaction_id = {id};
                NOTIFY control_tower
                """);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private static string LeastUrgent(int turn) =>
        string.Create(CultureInfo.InvariantCulture, $", due_at = TIMESTAMPTZ '2099-01-01' + {turn} * INTERVAL '1 minute'");

    private static TransactionRecord Order(string number) => new()
    {
        Key = $"erp:{number}", ErpSystem = "erp", OrderNumber = number, State = "{}", LegalEntity = "1000", CustomerId = "C1",
        CustomerName = "Acme", Currency = "USD", Amount = 500, Stage = TransactionStage.Shipped,
        ShippedAt = TimeProvider.System.GetUtcNow(),
        CorrelationId = new string('a', 32), CreatedAt = TimeProvider.System.GetUtcNow(), UpdatedAt = TimeProvider.System.GetUtcNow(),
    };

    private static ExceptionCase Case(TransactionRecord order) => new()
    {
        CaseKey = $"{order.Key}|live", Origin = CaseOrigin.Condition, TransactionId = order.Id, ReasonCode = ReasonCodes.PickShort,
        Team = Teams.Warehouse, Site = "EAST-1", Sites = [new CaseSite { Site = "EAST-1" }], LegalEntity = "1000",
        Message = "Two pieces are missing.", AmountAtRisk = 50, Currency = "USD", OpenedAt = order.CreatedAt,
        DueAt = order.CreatedAt.AddHours(8), UpdatedAt = order.CreatedAt,
    };
}
