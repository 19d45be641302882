using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Integrations.Tryton.Rpc;

namespace ControlTower.Integrations.Tryton.Documents;

/// <summary>
/// Customer invoices. Billing issues an invoice by validating it; its legal number comes with the posting, so the tower
/// knows it by its record:
/// <c>#12</c>, as Tryton itself shows an invoice without a number. The ERP posts it: number and journal entry.
/// </summary>
internal sealed class InvoiceReader(TrytonClient client, TrytonSettings settings, string connector, bool isBilling)
{
    private static readonly string[] InvoiceFields =
    [
        "number", "state", "reference", "currency.code", "untaxed_amount", "tax_amount", "total_amount", "lines", "move", "move.number",
        "move.date", "move.period.name",
        "cancel_move", "create_date", "write_date",
    ];

    public async Task<IReadOnlyList<TrytonEvent>> ReadAsync(IReadOnlyCollection<long> ids, CancellationToken cancellation)
    {
        var invoices = await client.ReadAsync("account.invoice", ids, cancellation, InvoiceFields);
        var lines = (await client.ReadAsync(
            "account.invoice.line", [.. invoices.SelectMany(invoice => RpcValue.IdsOf(invoice, "lines"))], cancellation, "invoice", "type",
            "origin", "quantity", "amount", "stock_moves"))
            .Where(line => RpcValue.TextOf(line, "type") == "line").ToLookup(line => RpcValue.IdOf(line, "invoice"));
        var origins = Rows.ById(await client.ReadAsync(
            "sale.line", [.. lines.SelectMany(invoice => invoice.Select(ShipmentReader.SaleLineOf)).OfType<long>()], cancellation,
            "sale.number"));
        var moves = await client.ReadAsync(
            "stock.move", [.. lines.SelectMany(invoice => invoice.SelectMany(line => RpcValue.IdsOf(line, "stock_moves")))], cancellation,
            "shipment");
        var shipmentOf = moves.Where(move => RpcValue.IdIn(move, "shipment", "stock.shipment.out") is not null)
            .ToDictionary(move => RpcValue.IdOf(move, "id") ?? 0, move => RpcValue.IdIn(move, "shipment", "stock.shipment.out")!.Value);
        var numbers = Rows.ById(await client.ReadAsync("stock.shipment.out", [.. shipmentOf.Values], cancellation, "number"));
        return [.. invoices.SelectMany(invoice => From(invoice, [.. lines[RpcValue.IdOf(invoice, "id")]], origins, shipmentOf, numbers))];
    }

    /// <summary>What the tower calls an invoice.</summary>
    public static string NumberOf(long id) => FormattableString.Invariant($"#{id}");

    private IEnumerable<TrytonEvent> From(
        JsonElement invoice, IReadOnlyList<JsonElement> lines, Dictionary<long, JsonElement> origins, Dictionary<long, long> shipmentOf,
        Dictionary<long, JsonElement> numbers)
    {
        var orders = lines.Select(ShipmentReader.SaleLineOf).OfType<long>().Where(origins.ContainsKey)
            .Select(id => RpcValue.TextOf(origins[id], "sale.number")).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();

        // An invoice of no sale is none of the tower's.
        if (orders.Count == 0 || What(invoice) is not { } what)
        {
            yield break;
        }

        var shipments = lines.SelectMany(line => RpcValue.IdsOf(line, "stock_moves")).Where(shipmentOf.ContainsKey)
            .Select(move => shipmentOf[move]).Where(numbers.ContainsKey)
            .Select(id => RpcValue.TextOf(numbers[id], "number")).OfType<string>().Distinct().Order(StringComparer.Ordinal);
        var id = RpcValue.IdOf(invoice, "id") ?? 0;
        var data = new JsonObject
        {
            ["legalEntity"] = settings.LegalEntity,
            ["orders"] = new JsonArray([.. orders.Select(number => (JsonNode)number)]),
            ["shipments"] = new JsonArray([.. shipments.Select(number => (JsonNode)number)]),
            ["invoice"] = isBilling
                ? Rows.Pick(invoice, "id", "reference", "currency.", "untaxed_amount", "tax_amount", "total_amount")
                : Rows.Pick(invoice, "id", "number", "reference", "currency.", "untaxed_amount", "tax_amount", "total_amount", "move."),
            ["lines"] = Rows.List(lines.Select(line => Rows.Pick(line, "id", "origin", "quantity", "amount"))),
        };
        var subject = isBilling ? NumberOf(id) : RpcValue.TextOf(invoice, "move.number") ?? NumberOf(id);
        yield return TrytonEvent.Create(connector, what, $"account.invoice,{id}", subject, RpcValue.StampOf(invoice)!.Value, data);
    }

    private string? What(JsonElement invoice) => (RpcValue.TextOf(invoice, "state"), isBilling) switch
    {
        ("validated" or "posted" or "paid", true) => TrytonEventKind.InvoiceIssued,
        ("cancelled", true) => TrytonEventKind.InvoiceCancelled,
        ("posted" or "paid", false) => TrytonEventKind.InvoicePosted,
        ("cancelled", false) when RpcValue.IdOf(invoice, "cancel_move") is not null => TrytonEventKind.InvoiceReversed,
        _ => null,
    };
}
