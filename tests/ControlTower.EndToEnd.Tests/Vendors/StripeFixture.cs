using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Testing.Vendors;

namespace ControlTower.EndToEnd.Tests.Vendors;

/// <summary>A tower with a double of Stripe as its billing, with Stripe Tax at a fifth.</summary>
public sealed class StripeFixture : IAsyncLifetime
{
    /// <summary>The amount of an order in cents: 62.34 and its tax.</summary>
    internal const long Total = 6234 + 1246;

    internal FakeStripe Stripe { get; private set; } = null!;

    internal VendorTower Tower { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Stripe = await FakeStripe.StartAsync(TimeProvider.System);
        var billing = JsonSerializer.Serialize(new
        {
            name = "billing", kind = "stripe", role = "billing", baseUrl = Stripe.BaseUrl, poll = true, pollSeconds = 1,
            reports = new[] { "invoice.issued" },
            settings = new { automaticTax = true }, credentials = new { apiKey = FakeStripe.Key, webhookSecret = FakeStripe.Secret },
        });
        Tower = await VendorTower.StartAsync(billing, new Dictionary<string, string>
        {
            ["Outbox__LeaseSeconds"] = "8",
            ["Outbox__BackoffMilliseconds"] = "200",
            ["Outbox__LongestBackoffSeconds"] = "1",
            ["Connectors__Pipeline__TimeoutSeconds"] = "3",
        });
    }

    public async ValueTask DisposeAsync()
    {
        await (Tower?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Stripe.DisposeAsync();
    }

    internal int Sweeps => Stripe.Calls.Count(call => call.Path == "/v1/events");

    /// <summary>The invoices of an order in the books, without those that were removed.</summary>
    internal List<JsonObject> InvoicesOf(OrderScenario life)
    {
        lock (Stripe.Books)
        {
            return [.. Stripe.Invoices.Where(invoice => (string?)invoice["metadata"]!["tower_order"] == life.Order)];
        }
    }

    /// <summary>Asserts one finalised invoice of two lines and the order's amount, and returns its number.</summary>
    internal string IsInvoicedOnce(OrderScenario life)
    {
        var invoice = InvoicesOf(life).ShouldHaveSingleItem();
        lock (Stripe.Books)
        {
            ((string)invoice["status"]!).ShouldBeOneOf("open", "paid");
            ((long)invoice["total"]!, Stripe.Items.Count(item => (string)item["invoice"]! == (string)invoice["id"]!)).ShouldBe((Total, 2));
            return (string)invoice["number"]!;
        }
    }
}
