using System.Net;
using ControlTower.Core.Persistence;
using ControlTower.Integrations.Open;
using ControlTower.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Tests.Inbound;

/// <summary>Facts in, exactly as the contract states.</summary>
[Collection(nameof(TowerServerCollection))]
public sealed class InboundTests(TowerServer tower)
{
    [Fact]
    public async Task One_event_is_stored_and_answered_202()
    {
        await tower.RegisterAsync("one");

        using var answer = await tower.SendAsync("one", SignedRequest.Fact("e-1"), "application/cloudevents+json; charset=utf-8");

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"accepted":1,"duplicates":0}""");
        (await StoredAsync("one")).ShouldBe(1);
    }

    [Fact]
    public async Task A_batch_counts_new_and_known_events()
    {
        await tower.RegisterAsync("batch");
        (await tower.SendAsync("batch", SignedRequest.Fact("e-1"))).Dispose();

        using var answer = await tower.SendAsync(
            "batch", $"[{SignedRequest.Fact("e-1")},{SignedRequest.Fact("e-2")},{SignedRequest.Fact("e-2")}]", SignedRequest.Batch);

        (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"accepted":1,"duplicates":2}""");
        using var none = await tower.SendAsync("batch", "[]", SignedRequest.Batch);
        (none.StatusCode, await none.Content.ReadAsStringAsync()).ShouldBe((HttpStatusCode.Accepted, """{"accepted":0,"duplicates":0}"""));
    }

    [Fact]
    public async Task The_same_key_with_other_content_becomes_an_exception()
    {
        await tower.RegisterAsync("conflict");
        (await tower.SendAsync("conflict", SignedRequest.Fact("e-1"))).Dispose();

        using var answer = await tower.SendAsync("conflict", SignedRequest.Fact("e-1", more: ",\"location\":\"Lyon\""));

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await StoredAsync("conflict")).ShouldBe(1);
        await tower.WithAsync<TowerDbContext>(async db =>
            (await db.Cases.SingleAsync(c => c.Connector == "conflict")).ReasonCode.ShouldBe("CONTENT_CONFLICT"));
    }

    [Fact]
    public async Task The_same_conflicting_event_in_many_requests_at_once_is_answered_202_and_one_exception()
    {
        await tower.RegisterAsync("conflicts");
        (await tower.SendAsync("conflicts", SignedRequest.Fact("e-1"))).Dispose();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16)
            .Select(_ => tower.SendAsync("conflicts", SignedRequest.Fact("e-1", more: ",\"location\":\"Lyon\""))));

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.Accepted);
        await tower.WithAsync<TowerDbContext>(async db => (await db.Cases.CountAsync(c => c.Connector == "conflicts")).ShouldBe(1));
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task An_event_whose_content_cannot_be_used_is_accepted_too()
    {
        await tower.RegisterAsync("odd");

        using var answer = await tower.SendAsync("odd", """{"specversion":"1.0","id":"1","source":"s","type":"nobody.knows","data":"x"}""");

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task A_request_without_a_valid_signature_is_401_and_stores_nothing()
    {
        await tower.RegisterAsync("signed");
        var fact = SignedRequest.Fact("e-1");

        await RefusedAsync(await tower.SendAsync("nobody", fact));
        await RefusedAsync(await tower.SendAsync("signed", fact, secret: "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
        await RefusedAsync(await tower.SendAsync("signed", fact, shift: TimeSpan.FromMinutes(-6)));
        await RefusedAsync(await tower.SendAsync("signed", fact, shift: TimeSpan.FromMinutes(6)));
        foreach (var header in new[] { StandardWebhooks.IdHeader, StandardWebhooks.TimestampHeader, StandardWebhooks.SignatureHeader })
        {
            await RefusedAsync(await tower.SendAsync("signed", fact, spoil: request => request.Headers.Remove(header)));
        }

        await RefusedAsync(await tower.SendAsync(
            "signed", fact, spoil: request => request.Content = new ByteArrayContent([.. fact.Select(letter => (byte)letter), (byte)' '])
        {
            Headers = { ContentType = new(SignedRequest.Event) },
        }));
        (await StoredAsync("signed")).ShouldBe(0);
    }

    [Fact]
    public async Task After_a_change_of_the_secret_the_old_one_is_valid_for_a_day()
    {
        const string Newer = "whsec_BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB";
        await tower.RegisterAsync("rotated");
        await tower.RegisterAsync("rotated", secret: Newer);

        (await tower.SendAsync("rotated", SignedRequest.Fact("e-1"), secret: Newer)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await tower.SendAsync("rotated", SignedRequest.Fact("e-2"))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await tower.WithAsync<TowerDbContext>(db => db.Connectors.Where(c => c.Name == "rotated").ExecuteUpdateAsync(
            set => set.SetProperty(c => c.PreviousInboundUntil, c => c.PreviousInboundUntil!.Value.AddHours(-25))));
        await tower.RegisterAsync("refresh");
        (await tower.SendAsync("rotated", SignedRequest.Fact("e-3"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("application/cloudevents+json; charset=iso-8859-1")]
    public async Task Another_content_type_is_415(string type)
    {
        await tower.RegisterAsync("typed");
        using var answer = await tower.SendAsync("typed", SignedRequest.Fact("e-1"), type);
        await answer.ShouldBeProblemAsync(415);
    }

    [Fact]
    public async Task More_than_four_mebibytes_are_413()
    {
        await tower.RegisterAsync("large");
        using var answer = await tower.SendAsync(
            "large", SignedRequest.Fact("e-1", more: $",\"x\":\"{new string('x', 4 * 1024 * 1024)}\""));
        await answer.ShouldBeProblemAsync(413);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no")]
    [InlineData("[]")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"s"}""")]
    [InlineData("""{"specversion":"1.0","id":"1","type":"t"}""")]
    [InlineData("""{"specversion":"1.0","id":"","source":"s","type":"t"}""")]
    [InlineData("""{"specversion":"1.0","id":7,"source":"s","type":"t"}""")]
    [InlineData("""{"specversion":"0.3","id":"1","source":"s","type":"t"}""")]
    [InlineData("""{"id":"1","source":"s","type":"t"}""")]
    [InlineData("""{"specversion":"1.0","id":"\ud800","source":"s","type":"t"}""")]
    [InlineData("""{"specversion":"1.0","id":"a\u0000b","source":"s","type":"t"}""")]
    public async Task A_body_that_is_no_event_is_422(string body)
    {
        await tower.RegisterAsync("events");
        using var answer = await tower.SendAsync("events", body);
        await answer.ShouldBeProblemAsync(422);
    }

    [Fact]
    public async Task One_invalid_event_or_one_too_many_refuses_the_whole_batch()
    {
        await tower.RegisterAsync("whole");

        using var bad = await tower.SendAsync("whole", $$"""[{{SignedRequest.Fact("e-1")}},{"specversion":"1.0"}]""", SignedRequest.Batch);
        (await bad.ShouldBeProblemAsync(422)).GetProperty("detail").GetString()!.ShouldContain("Event 2");
        using var many = await tower.SendAsync(
            "whole", $"[{string.Join(',', Enumerable.Range(1, 1001).Select(i => SignedRequest.Fact($"e-{i}")))}]", SignedRequest.Batch);
        await many.ShouldBeProblemAsync(422);
        using var single = await tower.SendAsync("whole", SignedRequest.Fact("e-1"), SignedRequest.Batch);
        await single.ShouldBeProblemAsync(422);

        (await StoredAsync("whole")).ShouldBe(0);
        using var most = await tower.SendAsync(
            "whole", $"[{string.Join(',', Enumerable.Range(1, 1000).Select(i => SignedRequest.Fact($"e-{i}")))}]", SignedRequest.Batch);
        (await most.Content.ReadAsStringAsync()).ShouldBe("""{"accepted":1000,"duplicates":0}""");
    }

    [Fact]
    public async Task Over_the_rate_is_429_with_retry_after()
    {
        await tower.RegisterAsync("slow", new { inboundPerSecond = 2 });

        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 8; i++)
        {
            answers.Add(await tower.SendAsync("slow", SignedRequest.Fact($"e-{i}")));
        }

        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        refused.ShouldNotBeEmpty();
        refused.ShouldAllBe(answer => answer.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
        (await StoredAsync("slow")).ShouldBe(8 - refused.Count);
    }

    private async Task RefusedAsync(HttpResponseMessage answer)
    {
        await answer.ShouldBeProblemAsync(401);
        answer.Dispose();
    }

    private async Task<int> StoredAsync(string connector)
    {
        var count = 0;
        await tower.WithAsync<TowerDbContext>(async db => count = await db.Inbox.CountAsync(message => message.Connector == connector));
        return count;
    }
}
