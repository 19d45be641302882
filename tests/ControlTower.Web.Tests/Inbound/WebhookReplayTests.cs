using System.Net;
using System.Text;
using System.Text.Json;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Integrations.EasyPost;
using ControlTower.Integrations.Stripe;
using ControlTower.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Tests.Inbound;

/// <summary>Vendors' webhooks: a signed event is stored, once.</summary>
[Collection(nameof(TowerServerCollection))]
public sealed class WebhookReplayTests(TowerServer tower)
{
    private const string Secret = "sécret";

    private const string Tracker = """
        {"id":"evt_1","object":"Event","description":"tracker.updated","result":{"id":"trk_1","object":"Tracker","tracking_code":"TRK-1","carrier":"FedEx","status":"in_transit",
        "status_detail":"departed_facility","updated_at":"2026-03-02T10:00:00Z","tracking_details":[
        {"status":"in_transit","status_detail":"received_at_origin_facility","datetime":"2026-03-02T08:00:00Z","message":"Picked up"},
        {"status":"in_transit","status_detail":"departed_facility","datetime":"2026-03-02T10:00:00Z","message":"Departed"}]}}
        """;

    private const string Invoice = """
        {"id":"evt_1","object":"event","type":"invoice.finalized","created":1772438400,"data":{"object":{"id":"in_1","object":"invoice","number":"TWR-1","currency":"eur",
        "total":1000,"total_excluding_tax":1000,"metadata":{"tower_order":"SO-1"},"status_transitions":{"finalized_at":1772438400}}}}
        """;

    [Fact]
    public async Task Fifty_replays_of_a_tracker_at_once_have_one_effect()
    {
        await RegisterAsync("parcels", EasyPostKind.Name, "carrier");

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => PostAsync("parcels", Tracker)));

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK);
        (answers.Sum(answer => answer.Accepted), answers.Sum(answer => answer.Duplicates)).ShouldBe((2, 98));
        (await StoredAsync("parcels")).ShouldBe(2);
    }

    [Fact]
    public async Task Fifty_replays_of_an_invoice_at_once_have_one_effect()
    {
        await RegisterAsync("stripe", StripeKind.Name, "billing");

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => PostAsync("stripe", Invoice)));

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK);
        (answers.Sum(answer => answer.Accepted), await StoredAsync("stripe")).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Both_secrets_are_accepted_while_one_is_replaced_and_no_third_one()
    {
        await RegisterAsync("rotated-vendor", EasyPostKind.Name, "carrier");
        (await PostAsync("rotated-vendor", Tracker)).Status.ShouldBe(HttpStatusCode.OK);

        await RegisterAsync("rotated-vendor", EasyPostKind.Name, "carrier", secret: "the next");

        (await PostAsync("rotated-vendor", Tracker, secret: "the next")).Status.ShouldBe(HttpStatusCode.OK);
        (await PostAsync("rotated-vendor", Tracker)).Status.ShouldBe(HttpStatusCode.OK);
        (await PostAsync("rotated-vendor", Tracker, secret: "a third")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_old_webhook_and_one_without_a_valid_signature_store_nothing()
    {
        await RegisterAsync("strict", StripeKind.Name, "billing");

        (await PostAsync("strict", Invoice, shift: TimeSpan.FromMinutes(-6))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync("strict", Invoice, secret: "another")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync("nobody", Invoice)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await StoredAsync("strict")).ShouldBe(0);
    }

    private async Task RegisterAsync(string name, string kind, string role, string secret = Secret)
    {
        using var admin = await tower.MachineAsync(TowerRoles.Administrator);
        using var answer = await admin.PutAsync($"/api/v1/connectors/{name}", Json.Body(new
        {
            kind, role, baseUrl = "https://93.184.216.34", legalEntities = new[] { name },
            credentials = new { apiKey = "key", webhookSecret = secret },
        }));
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    private async Task<(HttpStatusCode Status, int Accepted, int Duplicates)> PostAsync(
        string name, string text, string secret = Secret, TimeSpan shift = default)
    {
        var body = Encoding.UTF8.GetBytes(text);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/webhooks/{name}") { Content = new ByteArrayContent(body) };
        request.Headers.Add(EasyPostSignature.Header, EasyPostSignature.Sign(secret, body));
        request.Headers.Add(StripeSignature.Header, StripeSignature.Sign([secret], TimeProvider.System.GetUtcNow() + shift, body));
        using var client = tower.Client();
        using var answer = await client.SendAsync(request);
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            return (answer.StatusCode, 0, 0);
        }

        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return (
            answer.StatusCode, json.RootElement.GetProperty("accepted").GetInt32(), json.RootElement.GetProperty("duplicates").GetInt32());
    }

    private async Task<int> StoredAsync(string connector)
    {
        var stored = 0;
        await tower.WithAsync<TowerDbContext>(async db => stored = await db.Inbox.CountAsync(message => message.Connector == connector));
        return stored;
    }
}
