using System.Text.Json;

namespace ControlTower.EndToEnd.Tests.Landscape;

/// <summary>The state at the end, as the API shows it and as the other systems' books count it.</summary>
internal sealed record EndState(
    IReadOnlyList<JsonElement> Transactions,
    IReadOnlyList<JsonElement> OpenCases,
    JsonElement Erp,
    JsonElement Wms,
    JsonElement Carriers,
    JsonElement Billing)
{
    public static async Task<EndState> OfAsync(LandscapeRun run) => new(
        await run.AllAsync("transactions"),
        [.. (await run.AllAsync("exceptions")).Where(item => item.GetProperty("state").GetString() != "resolved")],
        await run.LedgerAsync("erp"),
        await run.LedgerAsync("wms"),
        await run.LedgerAsync("tms"),
        await run.LedgerAsync("billing"));

    public int Count(string stage) => Transactions.Count(t => Text(t, "stage") == stage);

    public decimal Sum(string field) => Transactions.Sum(t => t.GetProperty(field).GetDecimal());

    /// <summary>Orders with an open case: one of two shipments has two.</summary>
    public IReadOnlySet<string> OpenOrders() => OpenCases.Select(c => Text(c, "transaction")).ToHashSet(StringComparer.Ordinal);

    public static string Text(JsonElement item, string field) => item.GetProperty(field).GetString() ?? "";

    public static decimal Total(JsonElement ledger, string name) => ledger.GetProperty("totals").GetProperty(name).GetDecimal();

    /// <summary>Everything that is compared, as one text.</summary>
    public string Fingerprint() => string.Join('\n', Transactions
        .Select(t =>
            $"{Text(t, "key")} {Text(t, "stage")}"
                + $" {Text(t, "health")} {t.GetProperty("invoiced").GetDecimal():F2}"
                + $" {t.GetProperty("posted").GetDecimal():F2} {t.GetProperty("late").GetBoolean()}")
        .Order(StringComparer.Ordinal)
        .Append($"releases {Total(Wms, "releases")}, tenders {Total(Carriers, "tenders")}, goods issues {Total(Erp, "goodsIssues")}")
        .Append(
            $"invoices {Total(Billing, "invoices")} {Total(Billing, "net"):F2}, postings {Total(Erp, "postings")} {Total(Erp, "net"):F2}")
        .Append($"open cases {OpenCases.Count}"));

    public void IsAllPostedAndNothingOpen(int orders)
    {
        Assert.True(Count("posted") == orders, $"{Count("posted")} of {orders} posted:\n{Unfinished()}");
        Assert.True(OpenCases.Count == 0, string.Join('\n', OpenCases.Select(c => c.GetRawText())));
        Assert.All(Transactions, t => Assert.Equal("ok", Text(t, "health")));
        Assert.All(Transactions, t => Assert.Equal(t.GetProperty("amount").GetDecimal(), t.GetProperty("posted").GetDecimal()));
        BooksAgree();
    }

    /// <summary>The tower's amounts equal the systems' amounts, and each document was made once.</summary>
    public void BooksAgree()
    {
        Assert.Equal(Total(Billing, "net"), Sum("invoiced"));
        Assert.Equal(Total(Erp, "net"), Sum("posted"));
        AssertOnce(Wms, "releases", "order", "site");
        AssertOnce(Carriers, "tenders", "shipment");
        AssertOnce(Erp, "goodsIssues", "shipment");
        AssertOnce(Billing, "invoices", "shipment");
        AssertOnce(Erp, "postings", "invoice");
    }

    public string Unfinished() =>
        string.Join('\n', Transactions.Where(t => Text(t, "stage") != "posted").Take(10).Select(t => t.GetRawText()));

    private static void AssertOnce(JsonElement ledger, string list, params string[] identity)
    {
        var twice = ledger.GetProperty(list).EnumerateArray()
            .GroupBy(entry => string.Join('|', identity.Select(field => Identity(entry, field))))
            .Where(group => group.Count() > 1)
            .Select(group => group.Key);
        Assert.Empty(twice);
    }

    private static string Identity(JsonElement entry, string field) =>
        entry.TryGetProperty(field, out var value) ? value.ToString() : entry.GetProperty("references").GetProperty(field).ToString();
}
