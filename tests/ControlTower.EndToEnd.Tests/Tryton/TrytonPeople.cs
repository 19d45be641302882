using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ControlTower.EndToEnd.Tests.Tryton;

/// <summary>
/// Actions of people in Tryton, and reads of an auditor: plain calls without the connector's code.
/// </summary>
internal sealed class TrytonPeople : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _database;

    private TrytonPeople(HttpClient http, string database) => (_http, _database) = (http, database);

    public static async Task<TrytonPeople> SignInAsync(Uri address, string database)
    {
        var people = new TrytonPeople(new HttpClient { BaseAddress = address }, database);
        var session = await people.PostAsync("common.db.login", ["people", new JsonObject { ["password"] = "people-secret-1" }, "en"]);
        people._http.DefaultRequestHeaders.Add(
            "Authorization", "Session " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"people:{session[0]}:{session[1].GetString()}")));
        return people;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>
    /// Sells and confirms; searches by the reference first, as every client that creates in Tryton must.
    /// </summary>
    /// <param name="lines">Product, quantity and price.</param>
    public async Task<long> SellAsync(string reference, string invoicing, params (int Product, decimal Quantity, decimal Price)[] lines)
    {
        var known = await SearchAsync("sale.sale", [new JsonArray("reference", "=", reference)], "state");
        var id = known.Count > 0 ? known[0].GetProperty("id").GetInt64() : await CreateAsync(reference, invoicing, lines);
        await CallAsync("sale.sale.quote", [new JsonArray(id)]);
        await CallAsync("sale.sale.confirm", [new JsonArray(id)]);
        return id;
    }

    public async Task<IReadOnlyList<JsonElement>> ShipmentsAsync(long sale)
    {
        var row = await ReadAsync("sale.sale", sale, "shipments");
        return await SearchAsync(
            "stock.shipment.out",
            [new JsonArray(
                "id", "in", new JsonArray([.. row.GetProperty("shipments").EnumerateArray().Select(id => (JsonNode)id.GetInt64())]))],
            "number", "state", "outgoing_moves", "inventory_moves");
    }

    /// <summary>Finds less of a product than was set aside, and picks the rest.</summary>
    public async Task PickAsync(JsonElement shipment, string? product = null, decimal found = 0)
    {
        if (product is not null)
        {
            var moves = await SearchAsync(
                "stock.move", [new JsonArray("id", "in", Ids(shipment, "inventory_moves")), new JsonArray("product.code", "=", product)],
                "quantity");
            var move = moves.Single().GetProperty("id").GetInt64();
            await CallAsync("stock.move.draft", [new JsonArray(move)]);
            await CallAsync("stock.move.write", [new JsonArray(move), new JsonObject { ["quantity"] = (double)found }]);
        }

        await CallAsync("stock.shipment.out.pick", [Id(shipment)]);
    }

    /// <summary>Packs all of it into one parcel for the carrier.</summary>
    public async Task PackAsync(JsonElement shipment, string tracking)
    {
        var package = new JsonObject
        {
            ["type"] = 1,
            ["company"] = 1,
            ["shipment"] = $"stock.shipment.out,{shipment.GetProperty("id")}",
            ["shipping_reference"] = tracking,
            ["moves"] = new JsonArray(new JsonArray("add", Ids(shipment, "outgoing_moves"))),
        };
        await CallAsync("stock.package.create", [new JsonArray(package)]);
        await CallAsync("stock.shipment.out.write", [Id(shipment), new JsonObject { ["carrier"] = 1 }]);
        await CallAsync("stock.shipment.out.pack", [Id(shipment)]);
    }

    public Task SendAsync(JsonElement shipment) => CallAsync("stock.shipment.out.done", [Id(shipment)]);

    public Task AssignAsync(JsonElement shipment) => CallAsync("stock.shipment.out.assign_try", [Id(shipment)]);

    public async Task<JsonElement> ReadAsync(string model, long id, params string[] fields) =>
        (await SearchAsync(model, [new JsonArray("id", "=", id)], fields)).Single();

    public async Task<IReadOnlyList<JsonElement>> SearchAsync(string model, JsonArray domain, params string[] fields) =>
        [.. (await CallAsync($"{model}.search_read",
            [domain, 0, 1000, new JsonArray(new JsonArray("id", "ASC")), new JsonArray([.. fields.Select(f => (JsonNode)f)])]))
            .EnumerateArray()];

    private async Task<long> CreateAsync(string reference, string invoicing, (int Product, decimal Quantity, decimal Price)[] lines)
    {
        var today = TimeProvider.System.GetUtcNow();
        var sale = new JsonObject
        {
            ["party"] = 3,
            ["invoice_address"] = 3,
            ["shipment_address"] = 3,
            ["currency"] = 1,
            ["company"] = 1,
            ["warehouse"] = 5,
            ["sale_date"] = new JsonObject { ["__class__"] = "date", ["year"] = today.Year, ["month"] = today.Month, ["day"] = today.Day },
            ["payment_term"] = 1,
            ["invoice_method"] = invoicing,
            ["shipment_method"] = "order",
            ["reference"] = reference,
            ["lines"] = new JsonArray(new JsonArray("create", new JsonArray([.. lines.Select(Line)]))),
        };
        return (await CallAsync("sale.sale.create", [new JsonArray(sale)]))[0].GetInt64();
    }

    private static JsonObject Line((int Product, decimal Quantity, decimal Price) line) => new()
    {
        ["type"] = "line",
        ["product"] = line.Product,
        ["quantity"] = (double)line.Quantity,
        ["unit"] = 1,
        ["unit_price"] = new JsonObject
            { ["__class__"] = "Decimal", ["decimal"] = line.Price.ToString(System.Globalization.CultureInfo.InvariantCulture) },
        ["taxes"] = new JsonArray(new JsonArray("add", new JsonArray(1))),
    };

    private Task<JsonElement> CallAsync(string method, JsonArray parameters)
    {
        parameters.Add(new JsonObject { ["company"] = 1 });
        return PostAsync($"model.{method}", parameters);
    }

    private async Task<JsonElement> PostAsync(string method, JsonArray parameters)
    {
        using var body = new StringContent(
            new JsonObject { ["id"] = 1, ["method"] = method, ["params"] = parameters }.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(new Uri($"{_database}/", UriKind.Relative), body, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{method}: {answer.StatusCode}");
        var envelope = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.True(envelope.TryGetProperty("result", out var result), $"{method}: {envelope}");
        return result;
    }

    private static JsonArray Id(JsonElement row) => [row.GetProperty("id").GetInt64()];

    private static JsonArray Ids(JsonElement row, string field) =>
        [.. row.GetProperty(field).EnumerateArray().Select(id => (JsonNode)id.GetInt64())];
}
