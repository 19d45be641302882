using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ControlTower.Core.Persistence;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Landscape;

/// <summary>Actions of tests on a running landscape.</summary>
internal static class LandscapeActions
{
    private const int Batch = 200;

    public static async Task ReplayAsync(this LandscapeRun run, JsonElement waiting, string role)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri($"api/v1/exceptions/{waiting.GetProperty("id")}/replay", UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await run.KeyAsync(role));
        request.Content = JsonContent.Create(new { reason = "Mended at the other side" });
        using var answer = await run.Api.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public static Task EventuallyAsync(this LandscapeRun run, Func<EndState, bool> holds)
    {
        EndState? last = null;
        return Eventually.AsyncIs(async () => holds(last = await EndState.OfAsync(run)), () => last!.Fingerprint());
    }

    public static Task PostedAtLeastAsync(this LandscapeRun run, int orders, TimeSpan? patience = null) => Eventually.AsyncIs(
        async () => await CountAsync(run, "SELECT count(*) FROM \"transaction\" WHERE stage = 7") >= orders, () => $"{orders} posted",
        patience);

    /// <summary>Waits until nothing waits in the inbox and nothing in the outbox.</summary>
    public static Task QuietAsync(this LandscapeRun run) => Eventually.AsyncIs(
        async () =>
            await CountAsync(run,
                "SELECT (SELECT count(*) FROM inbox_message WHERE state = 0) + (SELECT count(*) FROM inbox_arrival) + (SELECT count(*) "
                    + "FROM outbox_command WHERE state IN (0, 1))") == 0,
        () => "still busy");

    /// <summary>Posts every event that any system ever sent once more, with the same signatures.</summary>
    /// <returns>How many the tower reported as duplicates: all of them.</returns>
    public static async Task<int> SayEverythingAgainAsync(this LandscapeRun run)
    {
        var duplicates = 0;
        foreach (var said in (await SaidAsync(run)).GroupBy(fact => fact.Connector))
        {
            foreach (var batch in said.Chunk(Batch))
            {
                var answer = await PostAsync(run, said.Key, "[" + string.Join(',', batch.Select(fact => fact.Payload)) + "]");
                Assert.Equal(0, answer.GetProperty("accepted").GetInt32());
                duplicates += answer.GetProperty("duplicates").GetInt32();
            }
        }

        return duplicates;
    }

    private static async Task<List<(string Connector, string Payload)>> SaidAsync(LandscapeRun run)
    {
        await using var db = TestedDatabase.Open(run.ConnectionString);
        var said = await db.Inbox.Where(m => m.Connector != "tower" && m.Connector != "people")
            .Select(m => new { m.Connector, m.Payload }).ToListAsync(TestContext.Current.CancellationToken);
        return said.ConvertAll(m => (m.Connector, Encoding.UTF8.GetString(m.Payload)));
    }

    private static async Task<JsonElement> PostAsync(LandscapeRun run, string connector, string body)
    {
        var secret = run.Landscape.GetProperty("connectors").EnumerateArray()
            .Single(c => c.GetProperty("name").GetString() == connector).GetProperty("inboundSecret").GetString()!;
        var (id, at) = (
            $"again-{Guid.NewGuid():N}", TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"api/v1/inbound/{connector}", UriKind.Relative))
            { Content = new StringContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents-batch+json");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", at);
        request.Headers.Add("webhook-signature", "v1," + Convert.ToBase64String(
            HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{id}.{at}.{body}"))));
        using var answer = await run.Api.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<long> CountAsync(LandscapeRun run, string sql) =>
        Convert.ToInt64(
            await TestedDatabase.ExecuteAsync(run.ConnectionString, sql, TestContext.Current.CancellationToken),
            CultureInfo.InvariantCulture);
}
