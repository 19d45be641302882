using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Transactions;

namespace ControlTower.EndToEnd.Tests.Transactions;

/// <summary>Two sites, two legal entities and two currencies, with one of everything that needs somebody.</summary>
internal static class TowerNeedsSeed
{
    private static readonly DateTimeOffset Promise = TransactionRows.Start.AddDays(1);

    public static Actor Finance1 { get; } =
        TransactionRows.Person("finance1", roles: TowerRoles.FinanceApprover) with { Id = 4, AuthorityLimit = 1_000 };

    public static IReadOnlyList<Actor> People { get; } =
    [
        TransactionRows.Person("supervisor.east", ["EAST"], null, TowerRoles.WarehouseSupervisor),
        TransactionRows.Person("supervisor.west", ["WEST"], null, TowerRoles.WarehouseSupervisor),
        TransactionRows.Person("coordinator", roles: TowerRoles.LogisticsCoordinator),
        Finance1,
        Finance1 with { Id = 5, Name = "finance2", AuthorityLimit = 100_000, LegalEntities = ["1000"] },
        TransactionRows.Person("operator", roles: TowerRoles.IntegrationOperator),
        TransactionRows.Person("admin", roles: TowerRoles.Administrator),
        TransactionRows.Person("auditor", roles: TowerRoles.Auditor),
        TransactionRows.Person("auditor", null, ["2000"], TowerRoles.Auditor),
        TransactionRows.Person("auditor", ["NOWHERE"], null, TowerRoles.Auditor),
    ];

    public static async Task WriteAsync(TransactionRows rows)
    {
        var east = await rows.AddAsync("SO-HELD", 1, ["EAST"], t => (t.Health, t.Held) = (TransactionHealth.Held, 10m));
        var failed = await rows.AddAsync("SO-FAILED", 2, ["EAST"], t => (t.Health, t.Held) = (TransactionHealth.Failed, 79.81m));
        var west = await rows.AddAsync("SO-WEST", 3, ["WEST"], t => ToWest(t, TransactionHealth.Held, 500m));
        await rows.HoldAsync(east, 10m, ReasonCodes.PodMissing);
        await rows.HoldAsync(failed, 79.81m, ReasonCodes.PodMissing);
        await rows.HoldAsync(west, 500m, ReasonCodes.CreditHold);
        await LateAsync(rows);
        await rows.WaivedCaseAsync(failed, ReasonCodes.PodMissing, Teams.Warehouse);
        await rows.WaivedCaseAsync(east, ReasonCodes.PodMissing, Teams.Warehouse);
        await CasesAsync(rows, east, west);
        await ApprovalsAsync(rows, east, west);
        await SystemsAsync(rows);
    }

    /// <summary>Two of them are past their promise and not delivered, one is at risk.</summary>
    private static async Task LateAsync(TransactionRows rows)
    {
        await rows.AddAsync("SO-LATE", 4, ["EAST", "WEST"], t => Promised(t, TransactionStage.Shipped, late: true));
        await rows.AddAsync("SO-LATE-W", 5, ["WEST"], t =>
        {
            ToWest(t, TransactionHealth.Ok, 0);
            Promised(t, TransactionStage.Accepted, late: true);
        });
        await rows.AddAsync("SO-LATE-THERE", 6, ["EAST"], t => Promised(t, TransactionStage.Delivered, late: true));
        await rows.AddAsync("SO-LATE-PAID", 7, ["EAST"], t => Promised(t, TransactionStage.Posted, late: true));
        await rows.AddAsync("SO-RISK", 8, ["EAST"], t => Promised(t, TransactionStage.Shipped, late: false));
    }

    private static async Task CasesAsync(TransactionRows rows, TransactionRecord east, TransactionRecord west)
    {
        await using var db = rows.CreateDbContext();
        db.AddRange(
            Case(east, 1, Teams.Warehouse, "EAST", 10m), Case(east, 2, Teams.Warehouse, "EAST", 20.5m),
            Case(east, 3, Teams.Inventory, "EAST", null), Case(east, 4, Teams.Logistics, null, 7m),
            Case(west, 5, Teams.Logistics, null, 8m), Case(west, 6, Teams.Finance, "WEST", 500m),
            Case(west, 7, Teams.Billing, "WEST", 40m), Case(null, 8, Teams.Integration, null, null));
        await db.SaveChangesAsync();
    }

    private static async Task ApprovalsAsync(TransactionRows rows, TransactionRecord east, TransactionRecord west)
    {
        await using var db = rows.CreateDbContext();
        db.AddRange(
            Request(east, 1, 900m, 77), Request(east, 2, 1_000.01m, 77), Request(west, 3, 5_000m, 77), Request(east, 4, 5m, 4),
            Request(west, 5, 200m, 77, ApprovalState.Approved), Request(west, 6, 60_000m, 77));
        await db.SaveChangesAsync();
    }

    private static async Task SystemsAsync(TransactionRows rows)
    {
        await using var db = rows.CreateDbContext();
        db.AddRange(
            Connector("billing", ConnectorHealth.Healthy, false), Connector("erp", ConnectorHealth.Healthy, true),
            Connector("wms", ConnectorHealth.Down, false));
        await db.SaveChangesAsync();
    }

    private static void ToWest(TransactionRecord record, TransactionHealth health, decimal held) =>
        (record.Health, record.Held, record.Currency, record.LegalEntity) = (health, held, "EUR", "2000");

    private static void Promised(TransactionRecord record, TransactionStage stage, bool late) =>
        (record.Stage, record.Late, record.AtRisk, record.RequestedDelivery) = (stage, late, !late, Promise);

    private static ExceptionCase Case(TransactionRecord? order, int number, string team, string? site, decimal? amount) => new()
    {
        CaseKey = $"{order?.Key}|{number}",
        Origin = CaseOrigin.Condition,
        TransactionId = order?.Id,
        ReasonCode = ReasonCodes.PickShort,
        Team = team,
        LegalEntity = order?.LegalEntity,
        Site = site,
        Sites = order is null ? [] : [new CaseSite { Site = site ?? (order.Currency == "EUR" ? "WEST" : "EAST") }],
        Message = $"Case {number}.",
        AmountAtRisk = amount,
        Currency = amount is null ? null : order?.Currency,
        OpenedAt = TransactionRows.Start,
        DueAt = TransactionRows.Start.AddHours(number),
        UpdatedAt = TransactionRows.Start,
    };

    private static ApprovalRequest Request(
        TransactionRecord order, int number, decimal amount, long by, ApprovalState state = ApprovalState.Pending) => new()
    {
        TransactionId = order.Id,
        Kind = "invoice-release",
        Document = order.OrderNumber,
        Part = $"SH-{number}",
        ContentHash = new string('c', 64),
        Amount = amount,
        Currency = order.Currency,
        LegalEntity = order.LegalEntity,
        Reason = "The customer confirmed the receipt.",
        Evidence = "[]",
        RequestedById = by,
        RequestedBy = by == 4 ? "finance1" : "coordinator",
        RequestedAt = TransactionRows.Start,
        ExpiresAt = TransactionRows.Start.AddDays(number),
        State = state,
    };

    private static ConnectorRecord Connector(string name, ConnectorHealth health, bool paused) => new()
    {
        Name = name,
        Kind = "open",
        Role = name,
        BaseUrl = $"https://{name}.example",
        Health = health,
        Paused = paused,
        LastInboundAt = TimeProvider.System.GetUtcNow(),
    };
}
