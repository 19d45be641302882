using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Integrations.Tryton.Documents;
using ControlTower.Integrations.Tryton.Rpc;

namespace ControlTower.Integrations.Tryton.Translation;

/// <summary>A customer invoice: what billing issued, and what the ERP's journal made of it.</summary>
internal static class InvoiceTranslation
{
    public static JsonObject Issued(RawFields fields, Numbers numbers)
    {
        var (data, invoice, number) = Start(fields, numbers);
        data["invoice"] = new JsonObject
        {
            ["number"] = number,
            ["currency"] = fields.Text(invoice, "currency.code", "data.invoice.currency.code"),
            ["lines"] = new JsonArray([.. fields.Items("lines").Where(item => ShipmentReader.SaleLineOf(item.Row) is not null)
                .Select(item => Line(fields, item.Row, item.Place))]),
            ["net"] = fields.Number(invoice, "untaxed_amount", "data.invoice.untaxed_amount"),
            ["tax"] = fields.Number(invoice, "tax_amount", "data.invoice.tax_amount"),
            ["total"] = fields.Number(invoice, "total_amount", "data.invoice.total_amount"),
        };
        return data;
    }

    public static JsonObject Cancelled(RawFields fields, Numbers numbers) =>
        Start(fields, numbers).Data.With("reason", "Cancelled in Tryton.");

    public static JsonObject Posted(RawFields fields, Numbers numbers)
    {
        var (data, invoice, _) = Start(fields, numbers);
        data["posting"] = new JsonObject
        {
            ["document"] = fields.Text(invoice, "move.number", "data.invoice.move.number"),
            ["companyCode"] = fields.Text(fields.Data, "legalEntity", "data.legalEntity"),
            ["postingDate"] = Date(invoice),
            ["period"] = RpcValue.TextOf(invoice, "move.period.name"),
            ["net"] = fields.Number(invoice, "untaxed_amount", "data.invoice.untaxed_amount"),
            ["tax"] = fields.Number(invoice, "tax_amount", "data.invoice.tax_amount"),
            ["total"] = fields.Number(invoice, "total_amount", "data.invoice.total_amount"),
            ["currency"] = fields.Text(invoice, "currency.code", "data.invoice.currency.code"),
        };

        // The legal number comes with the posting; people look for it.
        data["references"]!["correlation"] = RpcValue.TextOf(invoice, "number");
        return data;
    }

    public static JsonObject Reversed(RawFields fields, Numbers numbers)
    {
        var (data, invoice, _) = Start(fields, numbers);
        data["references"]!["posting"] = fields.Text(invoice, "move.number", "data.invoice.move.number");
        return data.With("reason", "Cancelled in Tryton.");
    }

    private static (JsonObject Data, JsonElement Invoice, string Number) Start(RawFields fields, Numbers numbers)
    {
        var invoice = fields.Object("invoice");
        var number = InvoiceReader.NumberOf(fields.Id(invoice, "id", "data.invoice.id"));
        var data = new JsonObject
        {
            ["references"] = new JsonObject
            {
                ["order"] = List(fields, "orders", numbers.Order),
                ["shipment"] = List(fields, "shipments", numbers.Shipment),
                ["invoice"] = numbers.Invoice(number),
            },
        };
        return (data, invoice, number);
    }

    private static JsonArray List(RawFields fields, string name, Func<string, JsonNode> number) =>
        new([.. fields.Items(name).Where(item => item.Row.ValueKind == JsonValueKind.String)
            .Select(item => number(item.Row.GetString()!))]);

    private static string? Date(JsonElement invoice) =>
        RpcValue.DateOf(RpcValue.Neighbour(invoice, "move."), "date")?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static JsonObject Line(RawFields fields, JsonElement row, string place) => new()
    {
        ["line"] = ShipmentReader.SaleLineOf(row)!.Value.ToString(CultureInfo.InvariantCulture),
        ["quantity"] = fields.Number(row, "quantity", $"{place}.quantity"),
        ["amount"] = fields.Number(row, "amount", $"{place}.amount"),
    };
}
