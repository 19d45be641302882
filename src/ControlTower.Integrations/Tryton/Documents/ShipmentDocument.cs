using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Integrations.Tryton.Rpc;

namespace ControlTower.Integrations.Tryton.Documents;

/// <summary>The records that shipments of one page share.</summary>
/// <param name="Moves">Of the shipments themselves.</param>
/// <param name="Others">Moves of the same sale lines in other shipments.</param>
internal sealed record ShipmentRecords(
    Dictionary<long, JsonElement> Moves, Dictionary<long, JsonElement> Others, Dictionary<long, JsonElement> Lines,
    Dictionary<long, JsonElement> Packages);

/// <summary>One customer shipment of Tryton's, with what belongs to it.</summary>
internal sealed class ShipmentDocument(JsonElement shipment, ShipmentRecords records)
{
    public long Id { get; } = RpcValue.IdOf(shipment, "id") ?? 0;

    public string Number { get; } = RpcValue.TextOf(shipment, "number") ?? "";

    public string State { get; } = RpcValue.TextOf(shipment, "state") ?? "";

    public DateTimeOffset Stamp { get; } = RpcValue.StampOf(shipment) ?? DateTimeOffset.UnixEpoch;

    public bool IsOfSales => RpcValue.IdsOf(
        shipment, "outgoing_moves").Any(id => records.Moves.TryGetValue(id, out var move) && LineOf(move) is not null);

    /// <summary>Moves to the customer, of sale lines.</summary>
    public IReadOnlyList<JsonElement> Outgoing => MovesIn("outgoing_moves", "draft", "assigned", "done");

    /// <summary>
    /// What is reserved: inventory moves, or where goods ship from their storage location, the outgoing ones.
    /// </summary>
    public IReadOnlyList<JsonElement> Allocated =>
        HasInventory ? MovesIn("inventory_moves", "assigned", "done") : MovesIn("outgoing_moves", "assigned", "done");

    /// <summary>
    /// When the reservation was last changed: by the moves in whatever state, because a cancelled move counts as much
    /// as a reserved one.
    /// </summary>
    public DateTimeOffset AllocatedAt =>
        Latest([.. RpcValue.IdsOf(shipment, HasInventory ? "inventory_moves" : "outgoing_moves").Select(Find).OfType<JsonElement>()]);

    public IReadOnlyList<JsonElement> Picked => MovesIn("inventory_moves", "done");

    private bool HasInventory => RpcValue.IdsOf(shipment, "inventory_moves").Count > 0;

    /// <summary>
    /// What of each sale line was owed by this shipment and not picked: ordered, less this and all shipments that were
    /// there before the picking. The shipment that Tryton makes of the rest is made later, so the result stays the
    /// same.
    /// </summary>
    public IReadOnlyList<(long Line, decimal Missing)> Missing
    {
        get
        {
            var pickedAt = Latest(Picked);
            var missing = new List<(long, decimal)>();
            foreach (var line in Outgoing.Select(LineOf).OfType<long>().Distinct().Order().Where(records.Lines.ContainsKey))
            {
                var covered = RpcValue.IdsOf(records.Lines[line], "moves").Select(Find).OfType<JsonElement>()
                    .Where(move => IsOwn(move) || RpcValue.InstantOf(move, "create_date") < pickedAt)
                    .Where(move => RpcValue.TextOf(move, "state") != "cancelled")
                    .Sum(move => RpcValue.NumberOf(move, "quantity") ?? 0);
                if ((RpcValue.NumberOf(records.Lines[line], "quantity") ?? 0) - covered is > 0 and var rest)
                {
                    missing.Add((line, rest));
                }
            }

            return missing;
        }
    }

    /// <summary>When the last of the moves was written.</summary>
    public DateTimeOffset Latest(IReadOnlyList<JsonElement> moves) => moves.Select(RpcValue.StampOf).Max() ?? Stamp;

    /// <summary>
    /// The same for moves that may be written again later (an invoice brings its price to them): never later than the
    /// shipment's own stamp.
    /// </summary>
    public DateTimeOffset Earliest(IReadOnlyList<JsonElement> moves) => Latest(moves) is var latest && latest < Stamp ? latest : Stamp;

    public JsonObject Data(IReadOnlyList<JsonElement> moves) => new()
    {
        ["shipment"] = Rows.Pick(shipment, "id", "number", "warehouse."),
        ["moves"] = Rows.List(moves.Select(Move)),
        ["lines"] = Rows.List(OrderLines().Select(line => Rows.Pick(line, "id", "unit.", "sale."))),
    };

    public JsonObject Issued(IReadOnlyList<JsonElement> moves)
    {
        var data = Data(moves);
        data["shipment"] = Rows.Pick(shipment, "id", "number", "warehouse.", "effective_date");
        return data;
    }

    public JsonObject Shortage(IReadOnlyList<(long Line, decimal Missing)> missing)
    {
        var data = Data([]);
        data["missing"] = Rows.List(missing.Select(part => new JsonObject { ["line"] = part.Line, ["quantity"] = part.Missing }));
        return data;
    }

    public JsonObject WithParcels(IReadOnlyList<JsonElement> moves)
    {
        var data = Data(moves);
        data["shipment"] = Rows.Pick(shipment, "id", "number", "warehouse.", "carrier.");
        data["packages"] = Rows.List(RpcValue.IdsOf(shipment, "packages").Where(records.Packages.ContainsKey)
            .Select(id => Rows.Pick(records.Packages[id], "id", "code", "shipping_reference", "moves")));
        return data;
    }

    /// <summary>The sale line a move serves; an inventory move serves that of the outgoing move it came from.</summary>
    private long? LineOf(JsonElement move) =>
        ShipmentReader.SaleLineOf(move) ?? (RpcValue.IdIn(move, "origin", "stock.move") is { } outgoing && Find(outgoing) is { } found
            ? ShipmentReader.SaleLineOf(found)
            : null);

    private JsonElement? Find(
        long id) => records.Moves.TryGetValue(id, out var own) ? own : records.Others.TryGetValue(id, out var other) ? other : null;

    private bool IsOwn(JsonElement move) => RpcValue.IdIn(move, "shipment", "stock.shipment.out") == Id;

    private IReadOnlyList<JsonElement> MovesIn(string field, params string[] states) =>
        [.. RpcValue.IdsOf(shipment, field).Order().Select(Find).OfType<JsonElement>()
            .Where(move => states.Contains(RpcValue.TextOf(move, "state")) && RpcValue.NumberOf(move, "quantity") > 0
                && LineOf(move) is not null)];

    private JsonObject Move(JsonElement move)
    {
        var row = Rows.Pick(move, "id", "quantity", "uom.", "product.", "origin");
        row["line"] = LineOf(move);
        return row;
    }

    private IEnumerable<JsonElement> OrderLines() =>
        RpcValue.IdsOf(shipment, "outgoing_moves").Select(Find).OfType<JsonElement>().Select(LineOf).OfType<long>().Distinct().Order()
            .Where(records.Lines.ContainsKey).Select(line => records.Lines[line]);
}
