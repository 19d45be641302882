using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Integrations.Tryton.Rpc;

namespace ControlTower.Integrations.Tryton.Translation;

/// <summary>
/// A customer shipment, which in Tryton is fulfilment order and outgoing shipment in one: both have its number.
/// </summary>
internal static class ShipmentTranslation
{
    public static JsonObject Step(RawFields fields, Numbers numbers) =>
        Start(fields, numbers, out var orders).With("lines", Quantities(fields, numbers, orders));

    public static JsonObject Short(RawFields fields, Numbers numbers)
    {
        var start = Start(fields, numbers, out _);
        return start.With("lines", new JsonArray([.. fields.Items("missing").Select(item => new JsonObject
        {
            ["line"] = Text(fields.Id(item.Row, "line", $"{item.Place}.line")),
            ["missing"] = fields.Number(item.Row, "quantity", $"{item.Place}.quantity"),
            ["reason"] = "Not picked.",

            // Tryton makes another shipment of what is not picked.
            ["then"] = "backorder",
        })]));
    }

    public static JsonObject Cancelled(RawFields fields, Numbers numbers) =>
        Start(fields, numbers, out _).With("reason", "Cancelled in Tryton.");

    public static JsonObject Built(RawFields fields, Numbers numbers)
    {
        var built = Start(fields, numbers, out var orders).With("lines", Quantities(fields, numbers, orders));
        var packages = fields.Items("packages");
        if (RpcValue.TextOf(fields.Object("shipment"), "carrier.party.name") is { Length: > 0 } carrier)
        {
            built["carrier"] = carrier;
        }

        if (packages.Count > 0)
        {
            built["parcels"] = new JsonArray([.. packages.Select(
                item => new JsonObject { ["parcel"] = fields.Text(item.Row, "code", $"{item.Place}.code") })]);
            var trackings = packages.Select(item => RpcValue.TextOf(item.Row, "shipping_reference")).OfType<string>().Distinct().ToList();
            if (trackings.Count > 0)
            {
                built["tracking"] = trackings[0];
                built["references"]!["tracking"] = new JsonArray([.. trackings.Select(number => (JsonNode)number)]);
            }
        }

        return built;
    }

    public static JsonObject Issued(RawFields fields, Numbers numbers)
    {
        var issued = Start(fields, numbers, out var orders).With("lines", Quantities(fields, numbers, orders));
        var shipment = fields.Object("shipment");
        issued["document"] = RpcValue.TextOf(shipment, "number");
        issued["postingDate"] = RpcValue.DateOf(shipment, "effective_date")?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return issued;
    }

    private static JsonObject Start(RawFields fields, Numbers numbers, out Dictionary<long, string> orders)
    {
        var shipment = fields.Object("shipment");
        var number = fields.Text(shipment, "number", "data.shipment.number");
        orders = [];
        foreach (var (row, place) in fields.Items("lines"))
        {
            orders[fields.Id(row, "id", $"{place}.id")] = fields.Text(row, "sale.number", $"{place}.sale.number");
        }

        return new JsonObject
        {
            ["references"] = new JsonObject
            {
                ["order"] = new JsonArray([.. orders.Values.Distinct().Order(StringComparer.Ordinal).Select(numbers.Order)]),
                ["fulfilment"] = numbers.Shipment(number),
                ["shipment"] = numbers.Shipment(number),
            },
            ["site"] = fields.Text(shipment, "warehouse.code", "data.shipment.warehouse.code"),
        };
    }

    /// <summary>
    /// Quantities of the moves by sale line; in a shipment of several orders each line names its order.
    /// </summary>
    private static JsonArray Quantities(RawFields fields, Numbers numbers, Dictionary<long, string> orders)
    {
        var units = fields.Items("lines").ToLookup(
            item => RpcValue.IdOf(item.Row, "id") ?? 0, item => RpcValue.TextOf(item.Row, "unit.symbol"));
        var lines = new SortedDictionary<long, decimal>();
        foreach (var (row, place) in fields.Items("moves"))
        {
            var line = fields.Id(row, "line", $"{place}.line");
            if (units[line].FirstOrDefault() is { } unit && RpcValue.TextOf(row, "uom.symbol") is { } shipped && shipped != unit)
            {
                fields.Refuse($"{place}.uom.symbol", $"{place} counts in {shipped}, its sale line in {unit}.");
            }

            lines[line] = lines.GetValueOrDefault(line) + fields.Number(row, "quantity", $"{place}.quantity");
        }

        return new JsonArray([.. lines.Select(part => Quantity(part.Key, part.Value, numbers, orders))]);
    }

    private static JsonObject Quantity(long line, decimal quantity, Numbers numbers, Dictionary<long, string> orders)
    {
        var shipped = new JsonObject { ["line"] = Text(line), ["quantity"] = quantity };
        if (orders.Values.Distinct().Count() > 1 && orders.TryGetValue(line, out var order))
        {
            shipped["order"] = numbers.Order(order);
        }

        return shipped;
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}

internal static class JsonObjects
{
    public static JsonObject With(this JsonObject target, string name, JsonNode value)
    {
        target[name] = value;
        return target;
    }
}
