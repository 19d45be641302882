using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Integrations.Tryton.Rpc;

namespace ControlTower.Integrations.Tryton.Documents;

/// <summary>
/// Sales that Tryton processes. Their content is fixed from then on, except that cancelled moves are no longer owed; so
/// an order is accepted when its first shipment was made, and changed when something was cancelled.
/// </summary>
internal sealed class SaleReader(TrytonClient client, TrytonSettings settings, string connector)
{
    private static readonly string[] SaleFields =
    [
        "number", "reference", "state", "currency.code", "currency.digits", "party.code", "party.name", "shipment_address",
        "invoice_address", "payment_term.name",
        "warehouse.code", "lines", "shipments", "create_date", "write_date",
    ];

    private static readonly string[] LineFields =
    [
        "sale", "type", "product.code", "product.type", "quantity", "unit.symbol", "unit_price", "amount", "description", "warehouse.code",
        "moves_ignored",
        "create_date", "write_date",
    ];

    public async Task<IReadOnlyList<TrytonEvent>> ReadAsync(IReadOnlyCollection<long> ids, CancellationToken cancellation)
    {
        var sales = await client.ReadAsync("sale.sale", ids, cancellation, SaleFields);
        var lines = (await client.ReadAsync("sale.line", [.. sales.SelectMany(sale => RpcValue.IdsOf(sale, "lines"))], cancellation,
            LineFields))
            .Where(IsOfGoods).ToLookup(line => RpcValue.IdOf(line, "sale"));
        var moves = Rows.ById(await client.ReadAsync(
            "stock.move", [.. lines.SelectMany(sale => sale.SelectMany(line => RpcValue.IdsOf(line, "moves_ignored")))], cancellation,
            "quantity", "uom.symbol"));
        var shipments = Rows.ById(await client.ReadAsync(
            "stock.shipment.out", [.. sales.SelectMany(sale => RpcValue.IdsOf(sale, "shipments"))], cancellation, "create_date"));
        return [.. sales.Select(sale => From(sale, [.. lines[RpcValue.IdOf(sale, "id")]], moves, shipments)).OfType<TrytonEvent>()];
    }

    /// <summary>Titles, comments and services involve no warehouse.</summary>
    private static bool IsOfGoods(JsonElement line) =>
        RpcValue.TextOf(line, "type") == "line" && RpcValue.TextOf(line, "product.type") is "goods" or "assets";

    private TrytonEvent? From(
        JsonElement sale, IReadOnlyList<JsonElement> lines, Dictionary<long, JsonElement> moves, Dictionary<long, JsonElement> shipments)
    {
        if (RpcValue.TextOf(sale, "state") is not ("processing" or "done") || RpcValue.TextOf(sale, "number") is not { } number
            || lines.Count == 0)
        {
            return null;
        }

        var rows = lines.Select(line => Line(line, moves)).ToList();
        var isReduced = rows.Exists(row => row["ignored"] is not null);
        var acceptedAt = RpcValue.IdsOf(sale, "shipments").Where(shipments.ContainsKey)
            .Select(id => RpcValue.InstantOf(shipments[id], "create_date")).Min()
            ?? RpcValue.StampOf(sale)!.Value;
        var at = isReduced ? lines.Select(RpcValue.StampOf).Append(acceptedAt).Max()!.Value : acceptedAt;
        var what = !isReduced ? TrytonEventKind.SaleAccepted : lines.All(line => Owed(line, moves) <= 0)
            ? TrytonEventKind.SaleCancelled
            : TrytonEventKind.SaleChanged;
        var data = new JsonObject
        {
            ["legalEntity"] = settings.LegalEntity,
            ["version"] = at.UtcTicks / TimeSpan.TicksPerMicrosecond,
            ["sale"] = Rows.Pick(sale, "id", "number", "reference", "currency.", "party.", "payment_term.", "shipment_address",
                "invoice_address", "warehouse."),
            ["lines"] = Rows.List(rows),
        };
        return TrytonEvent.Create(connector, what, $"sale.sale,{RpcValue.IdOf(sale, "id")}", number, at, data);
    }

    private static decimal Owed(JsonElement line, Dictionary<long, JsonElement> moves) =>
        (RpcValue.NumberOf(line, "quantity") ?? 0) - Ignored(line, moves);

    private static decimal Ignored(JsonElement line, Dictionary<long, JsonElement> moves) =>
        RpcValue.IdsOf(line, "moves_ignored").Where(moves.ContainsKey).Sum(id => RpcValue.NumberOf(moves[id], "quantity") ?? 0);

    private static JsonObject Line(JsonElement line, Dictionary<long, JsonElement> moves)
    {
        var row = Rows.Pick(line, "id", "product.", "quantity", "unit.", "unit_price", "amount", "description", "warehouse.");
        if (Ignored(line, moves) is > 0 and var ignored)
        {
            row["ignored"] = ignored;
        }

        return row;
    }
}
