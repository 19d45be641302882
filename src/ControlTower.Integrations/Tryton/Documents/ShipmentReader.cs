using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Integrations.Tryton.Rpc;

namespace ControlTower.Integrations.Tryton.Documents;

/// <summary>
/// Customer shipments with their moves and parcels. Tryton keeps no times of its steps but the stamps of the moves that
/// each step writes: the inventory moves are written last when they are picked, the outgoing ones when they are packed
/// and again when they are done.
/// </summary>
internal sealed class ShipmentReader(TrytonClient client, string connector, bool isWarehouse)
{
    private static readonly string[] ShipmentFields =
        ["number", "state", "warehouse.code", "carrier.party.name", "effective_date", "outgoing_moves", "inventory_moves", "packages",
            "create_date", "write_date"];

    private static readonly string[] MoveFields = [
        "quantity", "state", "uom.symbol", "origin", "product.code", "shipment", "create_date", "write_date"];

    public async Task<IReadOnlyList<TrytonEvent>> ReadAsync(IReadOnlyCollection<long> ids, CancellationToken cancellation)
    {
        var shipments = await client.ReadAsync("stock.shipment.out", ids, cancellation, ShipmentFields);
        var moves = Rows.ById(await client.ReadAsync("stock.move", [.. shipments.SelectMany(MovesOf)], cancellation, MoveFields));
        var lines = Rows.ById(await client.ReadAsync(
            "sale.line", [.. moves.Values.Select(SaleLineOf).OfType<long>()], cancellation, "quantity", "unit.symbol", "sale.number",
            "moves"));
        var others = Rows.ById(await client.ReadAsync(
            "stock.move", [.. lines.Values.SelectMany(line => RpcValue.IdsOf(line, "moves")).Except(moves.Keys)], cancellation,
            MoveFields));
        var packages = Rows.ById(await client.ReadAsync(
            "stock.package", [.. shipments.SelectMany(shipment => RpcValue.IdsOf(shipment, "packages"))], cancellation, "code",
            "shipping_reference", "moves"));
        var records = new ShipmentRecords(moves, others, lines, packages);
        return [.. shipments.SelectMany(shipment => From(new ShipmentDocument(shipment, records)))];
    }

    internal static long? SaleLineOf(JsonElement move) => RpcValue.IdIn(move, "origin", "sale.line");

    private static IEnumerable<long> MovesOf(JsonElement shipment) =>
        RpcValue.IdsOf(shipment, "outgoing_moves").Concat(RpcValue.IdsOf(shipment, "inventory_moves"));

    private IEnumerable<TrytonEvent> From(ShipmentDocument shipment)
    {
        // A shipment that belongs to no sale is no order's.
        if (!shipment.IsOfSales)
        {
            return [];
        }

        return (isWarehouse ? WarehouseEvents(shipment) : ErpEvents(shipment)).Select(reported =>
            TrytonEvent.Create(connector, reported.What, $"stock.shipment.out,{shipment.Id}", shipment.Number, reported.At, reported.Data));
    }

    private static IEnumerable<(string What, DateTimeOffset At, JsonObject Data)> WarehouseEvents(ShipmentDocument shipment)
    {
        switch (shipment.State)
        {
            case "waiting" or "assigned" when shipment.Allocated is { Count: > 0 } allocated:
                yield return (TrytonEventKind.ShipmentAssigned, shipment.AllocatedAt, shipment.Data(allocated));
                break;
            case "picked" or "packed" or "done":
                foreach (var reported in AfterPicking(shipment))
                {
                    yield return reported;
                }

                break;
            case "cancelled":
                yield return (TrytonEventKind.ShipmentCancelled, shipment.Stamp, shipment.Data([]));
                break;
        }
    }

    private static IEnumerable<(string What, DateTimeOffset At, JsonObject Data)> AfterPicking(ShipmentDocument shipment)
    {
        if (shipment.Picked is { Count: > 0 } picked)
        {
            yield return (TrytonEventKind.ShipmentPicked, shipment.Latest(picked), shipment.Data(picked));
            if (shipment.Missing is { Count: > 0 } missing)
            {
                yield return (TrytonEventKind.ShipmentShort, shipment.Latest(picked), shipment.Shortage(missing));
            }
        }

        var outgoing = shipment.Outgoing;
        if (shipment.State == "packed")
        {
            yield return (TrytonEventKind.ShipmentPacked, shipment.Earliest(outgoing), shipment.Data(outgoing));
            yield return (TrytonEventKind.ShipmentReady, shipment.Earliest(outgoing), shipment.WithParcels(outgoing));
        }

        if (shipment.State == "done")
        {
            yield return (TrytonEventKind.ShipmentDone, shipment.Earliest(outgoing), shipment.WithParcels(outgoing));
        }
    }

    /// <summary>Tryton's stock is the ERP's stock: a done shipment is a goods issue.</summary>
    private static IEnumerable<(string What, DateTimeOffset At, JsonObject Data)> ErpEvents(ShipmentDocument shipment)
    {
        if (shipment.State == "done")
        {
            yield return (TrytonEventKind.ShipmentIssued, shipment.Earliest(shipment.Outgoing), shipment.Issued(shipment.Outgoing));
        }
    }
}
