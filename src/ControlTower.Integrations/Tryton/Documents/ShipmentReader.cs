using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Integrations.Tryton.Rpc;

namespace ControlTower.Integrations.Tryton.Documents;

/// <summary>
/// Customer shipments with their moves and parcels. Tryton keeps no times of its steps but the stamps of the moves that each step writes: the inventory moves
/// are written last when they are picked, the outgoing ones when they are packed and again when they are done.
/// </summary>
internal sealed class ShipmentReader(TrytonClient client, string connector, bool isWarehouse)
{
    private static readonly string[] ShipmentFields =
        ["number", "state", "warehouse.code", "carrier.party.name", "effective_date", "outgoing_moves", "inventory_moves", "packages", "create_date", "write_date"];

    private static readonly string[] MoveFields = ["quantity", "state", "uom.symbol", "origin", "product.code", "shipment", "create_date", "write_date"];

    public async Task<IReadOnlyList<Said>> ReadAsync(IReadOnlyCollection<long> ids, CancellationToken cancellation)
    {
        var shipments = await client.ReadAsync("stock.shipment.out", ids, cancellation, ShipmentFields);
        var moves = Rows.ById(await client.ReadAsync("stock.move", [.. shipments.SelectMany(MovesOf)], cancellation, MoveFields));
        var lines = Rows.ById(await client.ReadAsync(
            "sale.line", [.. moves.Values.Select(SaleLineOf).OfType<long>()], cancellation, "quantity", "unit.symbol", "sale.number", "moves"));
        var others = Rows.ById(await client.ReadAsync(
            "stock.move", [.. lines.Values.SelectMany(line => RpcValue.IdsOf(line, "moves")).Except(moves.Keys)], cancellation, MoveFields));
        var packages = Rows.ById(await client.ReadAsync(
            "stock.package", [.. shipments.SelectMany(shipment => RpcValue.IdsOf(shipment, "packages"))], cancellation, "code", "shipping_reference", "moves"));
        var books = new ShipmentBooks(moves, others, lines, packages);
        return [.. shipments.SelectMany(shipment => Of(new ShipmentDocument(shipment, books)))];
    }

    internal static long? SaleLineOf(JsonElement move) => RpcValue.IdIn(move, "origin", "sale.line");

    private static IEnumerable<long> MovesOf(JsonElement shipment) =>
        RpcValue.IdsOf(shipment, "outgoing_moves").Concat(RpcValue.IdsOf(shipment, "inventory_moves"));

    private IEnumerable<Said> Of(ShipmentDocument shipment)
    {
        // A shipment that belongs to no sale is no order's.
        if (!shipment.IsOfSales)
        {
            return [];
        }

        return (isWarehouse ? WarehouseSays(shipment) : ErpSays(shipment)).Select(said =>
            Said.Of(connector, said.What, $"stock.shipment.out,{shipment.Id}", shipment.Number, said.At, said.Data));
    }

    private static IEnumerable<(string What, DateTimeOffset At, JsonObject Data)> WarehouseSays(ShipmentDocument shipment)
    {
        switch (shipment.State)
        {
            case "waiting" or "assigned" when shipment.Allocated is { Count: > 0 } allocated:
                yield return (Saying.ShipmentAssigned, shipment.AllocatedAt, shipment.Data(allocated));
                break;
            case "picked" or "packed" or "done":
                foreach (var said in AfterPicking(shipment))
                {
                    yield return said;
                }

                break;
            case "cancelled":
                yield return (Saying.ShipmentCancelled, shipment.Stamp, shipment.Data([]));
                break;
        }
    }

    private static IEnumerable<(string What, DateTimeOffset At, JsonObject Data)> AfterPicking(ShipmentDocument shipment)
    {
        if (shipment.Picked is { Count: > 0 } picked)
        {
            yield return (Saying.ShipmentPicked, shipment.Latest(picked), shipment.Data(picked));
            if (shipment.Missing is { Count: > 0 } missing)
            {
                yield return (Saying.ShipmentShort, shipment.Latest(picked), shipment.Shortage(missing));
            }
        }

        var outgoing = shipment.Outgoing;
        if (shipment.State == "packed")
        {
            yield return (Saying.ShipmentPacked, shipment.Earliest(outgoing), shipment.Data(outgoing));
            yield return (Saying.ShipmentReady, shipment.Earliest(outgoing), shipment.WithParcels(outgoing));
        }

        if (shipment.State == "done")
        {
            yield return (Saying.ShipmentDone, shipment.Earliest(outgoing), shipment.WithParcels(outgoing));
        }
    }

    /// <summary>Tryton's stock is the ERP's: what is done is issued.</summary>
    private static IEnumerable<(string What, DateTimeOffset At, JsonObject Data)> ErpSays(ShipmentDocument shipment)
    {
        if (shipment.State == "done")
        {
            yield return (Saying.ShipmentIssued, shipment.Earliest(shipment.Outgoing), shipment.Issued(shipment.Outgoing));
        }
    }
}
