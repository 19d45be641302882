using System.Text.Json;
using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Testing;

namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>An order whose release to the warehouse was refused and whose invoice is held.</summary>
internal static class TroubledOrder
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    /// <summary>The supervisor of its site requests the release of its invoice.</summary>
    /// <returns>The request's id.</returns>
    public static async Task<long> RequestReleaseAsync(Chromium chromium, TowerApp tower, long about)
    {
        var supervisor = await chromium.SignedInAsync(tower, "supervisor.east");
        var requested = await supervisor.APIRequest.PostAsync(
            $"/api/v1/exceptions/{about}/request-approval", new() { DataObject = new { reason = "The customer confirmed." } });
        return (await requested.JsonAsync())!.Value.GetProperty("id").GetInt64();
    }

    /// <returns>The id of the case of the refusal; it stays open.</returns>
    public static async Task<long> MakeAsync(TowerApp tower, string number)
    {
        await using var db = TestedDatabase.Open(tower.ConnectionString);
        var order = new TransactionRecord
        {
            Key = $"erp:{number}", ErpSystem = "erp", OrderNumber = number, State = "{}", LegalEntity = "1000", CustomerId = "C1",
            CustomerName = "Acme", Currency = "USD", Amount = 500,
            CorrelationId = new string('a', 32), CreatedAt = At, UpdatedAt = At,
        };
        db.Transactions.Add(order);
        await db.SaveChangesAsync();
        var command = Refused(order);
        db.AddRange(new TransactionSite { TransactionId = order.Id, Site = "EAST-1" }, command, Held(order));
        await db.SaveChangesAsync();
        var about = new ExceptionCase
        {
            CaseKey = $"{order.Key}|refused", Origin = CaseOrigin.Condition, TransactionId = order.Id, CommandId = command.Id,
            ReasonCode = ReasonCodes.LotSerialInvalid,
            Team = Teams.Warehouse, Site = "EAST-1", Sites = [new CaseSite { Site = "EAST-1" }], LegalEntity = "1000", Connector = "wms",
            Message = "The release was refused: lot 7 is unknown.", AmountAtRisk = 500,
            Currency = "USD", FailingField = "data.lines[0].line", OpenedAt = At, DueAt = At.AddHours(8), UpdatedAt = At,
        };
        db.Cases.Add(about);
        await db.SaveChangesAsync();
        return about.Id;
    }

    private static OutboxCommand Refused(TransactionRecord order) => new()
    {
        TransactionId = order.Id, Kind = CommandKinds.ReleaseFulfilment, Document = order.OrderNumber, Part = "EAST-1",
        Series = $"release-fulfilment:{order.OrderNumber}:EAST-1",
        Number = 1, Key = $"release-fulfilment:{order.OrderNumber}:EAST-1/1", Connector = "wms", Site = "EAST-1", LegalEntity = "1000",
        ContentHash = new string('b', 64),
        Body = """{"data":{"lines":[{"line":"10"}]}}"""u8.ToArray(), State = CommandState.Rejected, DueAt = At, CreatedAt = At,
        ErrorDetail = "Lot 7 is unknown",
        TraceParent = $"00-{new string('a', 32)}-{new string('b', 16)}-01",
    };

    private static TransactionHold Held(TransactionRecord order) => new()
    {
        TransactionId = order.Id, HoldKey = "billing:SH-1", Kind = "billing", Stops = "invoice", Code = ReasonCodes.PodMissing,
        Reason = "No proof of delivery came",
        Document = order.OrderNumber, Part = "SH-1", Amount = 500, Currency = "USD", ContentHash = new string('c', 64), Since = At,
        Evidence = JsonSerializer.Serialize(new EvidenceItem[] {
            new("delivery.pod", "Proof of delivery for SH-1", false, null, null, null, null) }, JsonSerializerOptions.Web),
    };
}
