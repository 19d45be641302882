using System.Text;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.Stripe;
using ControlTower.Web.Tests.Hosting;

namespace ControlTower.Web.Tests.Inbound;

/// <summary>The exact answers at the two addresses that connectors post to; senders rely on each.</summary>
[Collection(nameof(TowerServerCollection))]
public sealed class InboundAnswerTests(TowerServer tower)
{
    private const string NotVerified =
        "The connector is unknown, the signature does not verify, or the timestamp is more than 5 minutes off.";
    private const string TakesNoWebhooks = "The connector is unknown or takes no webhooks, or the signature does not verify.";

    [Fact]
    public async Task Refused_facts_get_the_texts_of_the_contract()
    {
        await tower.RegisterAsync("worded");
        var large = SignedRequest.Fact("e-1", more: $",\"x\":\"{new string('x', 4 * 1024 * 1024)}\"");

        (await AnswerOf(tower.SendAsync("nobody", "{}"))).ShouldBe((401, "unauthorized", NotVerified));
        (await AnswerOf(tower.SendAsync("worded", "{}", "text/plain"))).ShouldBe(
            (415, "unsupported-media-type", "Send application/cloudevents+json or application/cloudevents-batch+json, in UTF-8."));
        (await AnswerOf(tower.SendAsync("worded", large))).ShouldBe(
            (413, "too-large", "The body is over 4194304 bytes; send smaller batches."));
        (await AnswerOf(tower.SendAsync("worded", "no"))).ShouldBe(
            (422, "not-cloudevents", "The body is not JSON: line 1, byte 2."));
        (await AnswerOf(tower.SendAsync("worded", "[{}]", SignedRequest.Batch))).ShouldBe(
            (422, "not-cloudevents", "Event 1 of the batch: specversion must be \"1.0\"."));
    }

    [Fact]
    public async Task Refused_webhooks_get_their_own_texts()
    {
        await RegisterStripeAsync("worded-vendor");

        (await AnswerOf(PostAsync("webhooks/nobody", "{}"))).ShouldBe((401, "unauthorized", TakesNoWebhooks));
        (await AnswerOf(PostAsync("webhooks/worded-vendor", new string(' ', (4 * 1024 * 1024) + 1)))).ShouldBe(
            (413, "too-large", "The body is over 4194304 bytes."));
        (await AnswerOf(PostAsync("webhooks/worded-vendor", "{}"))).ShouldBe((422, "not-readable", "The body is no event of Stripe."));
    }

    [Fact]
    public async Task A_connector_receives_at_its_own_address_only()
    {
        await tower.RegisterAsync("facts-only");
        await RegisterStripeAsync("webhooks-only");

        (await AnswerOf(tower.SendAsync("facts-only", SignedRequest.Fact("e-1"), spoil: request =>
            request.RequestUri = new Uri("/api/v1/webhooks/facts-only", UriKind.Relative))))
            .ShouldBe((401, "unauthorized", TakesNoWebhooks));
        (await AnswerOf(PostAsync("inbound/webhooks-only", "{}"))).ShouldBe((401, "unauthorized", NotVerified));
    }

    private async Task RegisterStripeAsync(string name)
    {
        using var admin = await tower.MachineAsync(TowerRoles.Administrator);
        using var answer = await admin.PutAsync($"/api/v1/connectors/{name}", Json.Body(new
        {
            kind = StripeKind.Name, role = "billing", baseUrl = "https://93.184.216.34", legalEntities = new[] { name },
            credentials = new { apiKey = "key", webhookSecret = "whsec_a" },
        }));
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string text)
    {
        var body = Encoding.UTF8.GetBytes(text);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/{path}") { Content = new ByteArrayContent(body) };
        request.Headers.Add(StripeSignature.Header, StripeSignature.Sign(["whsec_a"], TimeProvider.System.GetUtcNow(), body));
        using var client = tower.Client();
        return await client.SendAsync(request);
    }

    private static async Task<(int Status, string Code, string Detail)> AnswerOf(Task<HttpResponseMessage> sending)
    {
        using var answer = await sending;
        var status = (int)answer.StatusCode;
        var problem = await answer.ShouldBeProblemAsync(status);
        return (status, problem.GetProperty("code").GetString()!, problem.GetProperty("detail").GetString()!);
    }
}
