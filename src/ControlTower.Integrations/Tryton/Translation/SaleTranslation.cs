using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Integrations.Tryton.Rpc;

namespace ControlTower.Integrations.Tryton.Translation;

/// <summary>A sale as an order. A line is known by its record's number: Tryton numbers no lines.</summary>
internal static class SaleTranslation
{
    public static JsonObject Order(RawFields fields, Numbers numbers)
    {
        var sale = fields.Object("sale");
        var number = fields.Text(sale, "number", "data.sale.number");
        var currency = fields.Text(sale, "currency.code", "data.sale.currency.code");
        var lines = fields.Items("lines").Select(item => Line(fields, item.Row, item.Place, sale)).OfType<JsonObject>().ToList();
        var references = new JsonObject { ["order"] = numbers.Order(number) };
        if (RpcValue.TextOf(sale, "reference") is { Length: > 0 } reference)
        {
            // The customer's own number of it.
            references["purchaseOrder"] = reference;
        }

        return new JsonObject
        {
            ["references"] = references,
            ["order"] = new JsonObject
            {
                ["number"] = number,
                ["version"] = fields.Id(fields.Data, "version", "data.version").ToString(CultureInfo.InvariantCulture),
                ["legalEntity"] = fields.Text(fields.Data, "legalEntity", "data.legalEntity"),
                ["customer"] = Customer(fields, sale),
                ["currency"] = currency,
                ["paymentTerms"] = RpcValue.TextOf(sale, "payment_term.name"),
                ["lines"] = new JsonArray([.. lines]),
                ["total"] = lines.Sum(line => line["amount"]!.GetValue<decimal>()),
            },
        };
    }

    /// <summary>Every move was cancelled: the whole order.</summary>
    public static JsonObject Cancelled(RawFields fields, Numbers numbers) => new()
    {
        ["references"] = new JsonObject { ["order"] = numbers.Order(fields.Text(fields.Object("sale"), "number", "data.sale.number")) },
        ["reason"] = "All that was still to be moved was given up in Tryton.",
    };

    private static JsonObject Customer(RawFields fields, JsonElement sale) => new()
    {
        ["id"] = fields.Text(sale, "party.code", "data.sale.party.code"),
        ["name"] = RpcValue.TextOf(sale, "party.name"),
        ["billTo"] = RpcValue.IdOf(sale, "invoice_address")?.ToString(CultureInfo.InvariantCulture),
        ["shipTo"] = RpcValue.IdOf(sale, "shipment_address")?.ToString(CultureInfo.InvariantCulture),
    };

    /// <returns>Null for a line of which nothing is owed any more.</returns>
    private static JsonObject? Line(RawFields fields, JsonElement row, string place, JsonElement sale)
    {
        var ordered = fields.Number(row, "quantity", $"{place}.quantity");
        var owed = ordered - (RpcValue.NumberOf(row, "ignored") ?? 0);
        var amount = fields.Number(row, "amount", $"{place}.amount");
        if (owed <= 0 || ordered <= 0)
        {
            return null;
        }

        return new JsonObject
        {
            ["line"] = fields.Id(row, "id", $"{place}.id").ToString(CultureInfo.InvariantCulture),
            ["item"] = fields.Text(row, "product.code", $"{place}.product.code"),
            ["description"] = RpcValue.TextOf(row, "description"),
            ["quantity"] = owed,
            ["unit"] = fields.Unit(row, "unit.symbol", $"{place}.unit.symbol"),
            ["unitPrice"] = RpcValue.NumberOf(row, "unit_price"),
            ["amount"] = owed == ordered ? amount : Math.Round(amount * owed / ordered, Digits(sale), MidpointRounding.AwayFromZero),
            ["site"] = RpcValue.TextOf(row, "warehouse.code") ?? fields.Text(sale, "warehouse.code", $"{place}.warehouse.code"),
        };
    }

    private static int Digits(JsonElement sale) =>
        RpcValue.IdOf(RpcValue.Neighbour(sale, "currency."), "digits") is >= 0 and <= 6 and var digits ? (int)digits : 2;
}
