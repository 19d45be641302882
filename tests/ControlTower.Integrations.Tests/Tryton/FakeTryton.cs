using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Integrations.Tests.Open;
using Microsoft.AspNetCore.Http;

namespace ControlTower.Integrations.Tests.Tryton;

/// <summary>
/// Answers as Tryton 6.0 does, with one sale of one line, its waiting shipment, and no invoice yet. It keeps no
/// changes.
/// </summary>
internal static class FakeTryton
{
    public const string Stamp =
        """{"__class__":"datetime","year":2026,"month":11,"day":21,"hour":2,"minute":31,"second":47,"microsecond":703016}""";

    public static Task AnswerAsync(HttpContext context) => AnswerAsync(context, result => result);

    /// <param name="adjust">Changes the results.</param>
    public static Task AnswerAsync(HttpContext context, Func<string, string> adjust)
    {
        var (method, parameters) = CallOf((byte[])context.Items[nameof(Partner)]!);
        return Partner.JsonAsync(context, 200, $$"""{"id":1,"result":{{adjust(Result(method, parameters))}}}""");
    }

    public static Task ErrorAsync(HttpContext context, string error) => Partner.JsonAsync(context, 200, $$"""{"id":1,"error":{{error}}}""");

    public static bool Calls(PartnerRequest request, params string[] methods) => methods.Contains(CallOf(request.Body).Method);

    private static (string Method, JsonArray Parameters) CallOf(byte[] body)
    {
        var call = JsonNode.Parse(body)!;
        return (call["method"]!.GetValue<string>(), call["params"]!.AsArray());
    }

    private static string Result(string method, JsonArray parameters) => method switch
    {
        "common.db.login" => """[2,"d2c74df81c89b8896260e209c36426ba"]""",
        "model.stock.shipment.out.assign_try" => "false",
        "model.account.invoice.on_change" => """[{"journal":1}]""",
        "model.account.invoice.on_change_with" => """{"account":5}""",
        "model.account.invoice.line.on_change" => """[{"account":6}]""",
        "model.account.invoice.create" => "[12]",
        _ when method.EndsWith(".search_read", StringComparison.Ordinal) =>
            IsEmpty(parameters) ? "[]" : Rows(method[..^".search_read".Length]["model.".Length..]),
        _ => "null",
    };

    /// <summary>
    /// Searches without a hit: records that were never written, and invoices by our reference or by the shipment's
    /// moves.
    /// </summary>
    private static bool IsEmpty(JsonArray parameters)
    {
        var (domain, order) = (parameters[0]!.ToJsonString(), parameters[3]!.ToJsonString());
        return order.Contains("create_date", StringComparison.Ordinal)
            || domain.Contains("\"reference\",\"=\",\"", StringComparison.Ordinal)
            || domain.Contains("lines.stock_moves", StringComparison.Ordinal);
    }

    private static string Rows(string model) => model switch
    {
        "company.company" => """[{"id":1,"party.":{"name":"Example Logistics GmbH","id":1}}]""",
        "sale.sale" => $$$"""
            [{"id":7,"number":"4","reference":"SH-1","state":"processing","party":3,"invoice_party":null,"invoice_address":3,"shipment_address":3,"payment_term":1,"currency":1,
              "invoice_method":"manual","lines":[70],"shipments":[40],"party.":{"code":"3","name":"Customer 1","id":3},"currency.":{"code":"EUR","digits":2,"id":1},
              "payment_term.":{"name":"Net 14 days","id":1},"warehouse.":{"code":"WH","id":5},"create_date":{{{Stamp}}},"write_date":{{{Stamp}}}}]
            """,
        "sale.line" => $$$"""
            [{"id":70,"sale":7,"type":"line","product":1,"quantity":10.0,"unit":1,"unit_price":{"__class__":"Decimal","decimal":"10.0000"},
              "amount":{"__class__":"Decimal","decimal":"100.00"},"taxes":[1],"description":"x","moves":[11],"moves_ignored":[],"product.":{"code":"SKU-001","type":"goods","id":1},
              "unit.":{"symbol":"u","id":1},"warehouse.":{"code":"WH","id":5},"sale.":{"number":"4","id":7},"create_date":{{{Stamp}}},"write_date":{{{Stamp}}}}]
            """,
        "stock.shipment.out" => $$$"""
            [{"id":40,"number":"4","state":"waiting","outgoing_moves":[11],"inventory_moves":[14],"packages":[],"warehouse.":{"code":"WH","id":5},"carrier.":null,
              "effective_date":null,"create_date":{{{Stamp}}},"write_date":{{{Stamp}}}}]
            """,
        "stock.move" => $$$"""
            [{"id":11,"quantity":10.0,"state":"draft","origin":"sale.line,70","shipment":"stock.shipment.out,40","uom.":{"symbol":"u","id":1},"product.":{"code":"SKU-001","id":1},
              "create_date":{{{Stamp}}},"write_date":{{{Stamp}}}},
             {"id":14,"quantity":10.0,"state":"assigned","origin":"stock.move,11","shipment":"stock.shipment.out,40","uom.":{"symbol":"u","id":1},"product.":{"code":"SKU-001","id":1},
              "create_date":{{{Stamp}}},"write_date":{{{Stamp}}}}]
            """,
        "account.invoice" => $$$"""
            [{"id":12,"number":null,"state":"validated","reference":"create-invoice:4:4/1","untaxed_amount":{"__class__":"Decimal","decimal":"100.00"},
              "tax_amount":{"__class__":"Decimal","decimal":"19.00"},"total_amount":{"__class__":"Decimal","decimal":"119.00"},"lines":[13],"move":null,"move.":null,
              "currency.":{"code":"EUR","id":1},"cancel_move":null,"create_date":{{{Stamp}}},"write_date":{{{Stamp}}}}]
            """,
        "account.invoice.line" => $$$"""
            [{"id":13,"invoice":12,"type":"line","origin":"sale.line,70","quantity":10.0,"amount":{"__class__":"Decimal","decimal":"100.00"},"stock_moves":[11],
              "create_date":{{{Stamp}}},"write_date":{{{Stamp}}}}]
            """,
        _ => "[]",
    };
}
