using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.EndToEnd.Tests.Shipments;
using ControlTower.EndToEnd.Tests.Transactions;
using ControlTower.Testing;

namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>An order whose shipment is under way and past its promise.</summary>
internal static class LateShipment
{
    public static async Task MakeAsync(TowerApp tower, string number)
    {
        var facts = new ShipmentFacts().Shipped($"SH-{number}", $"1Z-SH-{number}", "EAST-1")
            .Reported($"SH-{number}", Milestones.ShipmentPickedUp, 3)
            .Reported($"SH-{number}", Milestones.ShipmentEstimate, 4, TransactionRows.Start.AddDays(9));
        await using var db = TestedDatabase.Open(tower.ConnectionString);
        var order = new TransactionRecord
        {
            Key = $"erp:{number}", ErpSystem = "erp", OrderNumber = number, State = facts.State, LegalEntity = "1000", CustomerId = "C1",
            CustomerName = "Acme Manufacturing and Trading", Currency = "USD", Stage = TransactionStage.Shipped, Late = true,
            Carrier = "DHL", RequestedDelivery = TransactionRows.Start.AddDays(2), ShippedAt = TransactionRows.Start,
            CorrelationId = new string('a', 32),
            CreatedAt = TransactionRows.Start, UpdatedAt = TransactionRows.Start,
        };
        var reference = new DocumentReference { Kind = "order", Value = number };
        db.AddRange(order, reference);
        await db.SaveChangesAsync();
        db.Add(new TransactionSite { TransactionId = order.Id, Site = "EAST-1" });
        db.Add(new ReferenceLink { ReferenceId = reference.Id, System = "erp", TransactionId = order.Id });
        await db.SaveChangesAsync();
    }
}
