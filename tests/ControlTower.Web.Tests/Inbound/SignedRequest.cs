using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.Open;
using ControlTower.Web.Tests.Hosting;

namespace ControlTower.Web.Tests.Inbound;

/// <summary>A partner's request, signed as the contract states or with one error.</summary>
internal static class SignedRequest
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    public const string Event = "application/cloudevents+json";
    public const string Batch = "application/cloudevents-batch+json";

    /// <summary>Registers a carrier of that name.</summary>
    public static async Task RegisterAsync(this TowerServer tower, string name, object? more = null, string secret = Secret)
    {
        using var admin = await tower.MachineAsync(TowerRoles.Administrator);
        var body = new Dictionary<string, object?>
        {
            ["kind"] = "open",
            ["role"] = "carrier",
            ["baseUrl"] = "https://93.184.216.34/tower",
            ["inboundSecret"] = secret,
            ["outboundSecret"] = secret,
        };
        foreach (var property in more?.GetType().GetProperties() ?? [])
        {
            body[property.Name] = property.GetValue(more);
        }

        using var answer = await admin.PutAsync($"/api/v1/connectors/{name}", Json.Body(body));
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    public static async Task<HttpResponseMessage> SendAsync(
        this TowerServer tower, string connector, string body, string type = Event, string secret = Secret, TimeSpan shift = default,
        Action<HttpRequestMessage>? spoil = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        WebhookSecret.TryParse(secret, out var key).ShouldBeTrue();
        var at = TimeProvider.System.GetUtcNow() + shift;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/inbound/{connector}")
            { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        request.Headers.Add(StandardWebhooks.IdHeader, "msg_1");
        request.Headers.Add(StandardWebhooks.TimestampHeader, at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(StandardWebhooks.SignatureHeader, StandardWebhooks.Sign(key, "msg_1", at, bytes));
        spoil?.Invoke(request);
        using var client = tower.Client();
        return await client.SendAsync(request);
    }

    public static string Fact(string id, string source = "urn:test", string more = "") =>
        $$$"""{"specversion":"1.0","id":"{{{id}}}","source":"{{{source}}}","type":"tower.shipment.delivered.v1","subject":"T-1","time":"2026-03-02T08:00:00Z","data":{"carrier":"x"{{{more}}} } }""";
}
