using System.Text.Json;
using System.Text.Json.Nodes;

namespace ControlTower.EndToEnd.Tests.Tryton;

/// <summary>What Tryton's books hold of the sales of one reference.</summary>
internal sealed record TrytonBooks(
    IReadOnlyList<JsonElement> Sales, IReadOnlyList<JsonElement> Shipments, IReadOnlyList<JsonElement> Invoices,
    IReadOnlyList<JsonElement> Postings)
{
    public static async Task<TrytonBooks> OfAsync(TrytonPeople people, string reference)
    {
        var sales = await people.SearchAsync(
            "sale.sale", [new JsonArray("reference", "=", reference)], "number", "state", "shipments", "invoices");
        var shipments = await people.SearchAsync(
            "stock.shipment.out", [new JsonArray("id", "in", Ids(sales, "shipments"))], "number", "state");
        var invoices = await people.SearchAsync(
            "account.invoice", [new JsonArray("id", "in", Ids(sales, "invoices"))], "number", "state", "reference", "untaxed_amount",
            "total_amount", "move");
        var postings = await people.SearchAsync(
            "account.move",
            [new JsonArray("origin", "in", new JsonArray([.. invoices.Select(i => (JsonNode)$"account.invoice,{i.GetProperty("id")}")]))],
            "number", "state");
        return new TrytonBooks(sales, shipments, invoices, postings);
    }

    public decimal Net =>
        Invoices.Sum(invoice =>
            decimal.Parse(invoice.GetProperty("untaxed_amount").GetProperty("decimal").GetString()!,
                System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>One sale; its shipments done; for each one invoice, posted, with one journal entry.</summary>
    public void AreSettledOnce(int shipments, decimal net)
    {
        Sales.Count.ShouldBe(1);
        Shipments.Select(State).ShouldBe(Enumerable.Repeat("done", shipments));
        Invoices.Select(State).ShouldBe(Enumerable.Repeat("posted", shipments));
        Postings.Select(State).ShouldBe(Enumerable.Repeat("posted", shipments));
        Net.ShouldBe(net);
    }

    private static string State(JsonElement row) => row.GetProperty("state").GetString()!;

    private static JsonArray Ids(IReadOnlyList<JsonElement> rows, string field) =>
        [.. rows.SelectMany(row => row.GetProperty(field).EnumerateArray()).Select(id => (JsonNode)id.GetInt64())];
}
