using System.Text;
using ControlTower.Core.Connectors;
using ControlTower.Integrations.Open;
using ControlTower.Testing;
using Microsoft.AspNetCore.Http;

namespace ControlTower.Integrations.Tests.Open;

/// <summary>Every answer of the contract's table, from a real server.</summary>
public class OpenChannelTests
{
    [Fact]
    public async Task A_command_is_sent_signed_with_its_key_and_exactly_its_bytes()
    {
        await using var partner = await Partner.StartAsync();
        var command = Channels.Command();

        await Channels.To(partner.BaseUrl + "/tower/").SendAsync(command, CancellationToken.None);

        var sent = partner.Requests.Single();
        sent.Method.ShouldBe("POST");
        sent.Path.ShouldBe("/tower/commands/release-fulfilment");
        sent.Body.ShouldBe(command.Body);
        sent.Headers["Content-Type"].ShouldBe("application/cloudevents+json");
        sent.Headers["Idempotency-Key"].ShouldBe(command.Key);
        sent.Headers["traceparent"].ShouldBe(command.TraceParent);
        sent.IsSigned(Partner.Key, DateTimeOffset.UtcNow).ShouldBeTrue();
    }

    [Fact]
    public async Task A_second_attempt_carries_the_same_webhook_id()
    {
        await using var partner = await Partner.StartAsync();
        var channel = Channels.To(partner.BaseUrl);

        await channel.SendAsync();
        await channel.SendAsync();

        partner.Requests.Select(request => request.Headers["webhook-id"]).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_key_that_no_header_can_carry_is_encoded_the_same_way_each_time()
    {
        await using var partner = await Partner.StartAsync();

        var result = await Channels.To(partner.BaseUrl)
            .SendAsync(Channels.Command("release-fulfilment:SÖ 1\r\n/1"), CancellationToken.None);

        result.Outcome.ShouldBe(SendOutcome.Accepted);
        partner.Requests.Single().Headers["Idempotency-Key"].ShouldBe("release-fulfilment:S%C3%96%201%0D%0A/1");
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(202)]
    [InlineData(409)]
    public async Task An_accepting_answer_gives_its_number_links_and_facts(int status)
    {
        var result = await AnswerAsync(context => Partner.JsonAsync(
            context, status,
            """{"externalId":"FO-7","references":{"tracking":"1Z9","load":{"system":"tms","value":"L-3"},"odd":true},"facts":[{"id":"1"},{"id":"2"}]}"""));

        result.Outcome.ShouldBe(SendOutcome.Accepted);
        result.HttpStatus.ShouldBe(status);
        result.ExternalId.ShouldBe("FO-7");
        result.References!.ShouldBe(new Dictionary<string, string> { ["tracking"] = "1Z9", ["load"] = "L-3" });
        result.Facts!.Select(Encoding.UTF8.GetString).ShouldBe(["""{"id":"1"}""", """{"id":"2"}"""]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("done")]
    [InlineData("[1]")]
    [InlineData("""{"externalId":{"no":"number"},"references":[],"facts":"none"}""")]
    public async Task An_accepting_answer_stays_accepted_whatever_its_body(string body)
    {
        var result = await AnswerAsync(context => Partner.JsonAsync(context, 200, body));

        result.Outcome.ShouldBe(SendOutcome.Accepted);
        result.ExternalId.ShouldBeNull();
    }

    [Fact]
    public async Task An_accepting_answer_that_never_ends_is_not_read_to_its_end()
    {
        var result = await AnswerAsync(context => Partner.JsonAsync(context, 200, $$"""{"externalId":"{{new string('x', 2_000_000)}}"}"""));

        result.Outcome.ShouldBe(SendOutcome.Accepted);
        result.ExternalId.ShouldBeNull();
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(422)]
    public async Task A_refusal_gives_its_code_and_text(int status)
    {
        var result = await AnswerAsync(context => Partner.ProblemAsync(
            context, status,
            """{"code":"TAX_REJECTED","title":"Tax class unknown.","detail":"Line 10.","errors":{"lines[0]":["taxClass"]}}"""));

        result.Outcome.ShouldBe(SendOutcome.Rejected);
        result.Code.ShouldBe("TAX_REJECTED");
        result.Detail.ShouldBe("""Tax class unknown. Line 10. {"lines[0]":["taxClass"]}""");
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task Refused_credentials_are_unauthorised(int status) =>
        (await AnswerAsync(context => Partner.JsonAsync(context, status, ""))).Outcome.ShouldBe(SendOutcome.Unauthorised);

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_busy_target_names_the_time_to_wait(int status)
    {
        var result = await AnswerAsync(context =>
        {
            context.Response.Headers.RetryAfter = "7";
            return Partner.JsonAsync(context, status, "");
        });

        result.Outcome.ShouldBe(SendOutcome.Throttled);
        result.RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task A_busy_target_may_name_a_date()
    {
        var result = await AnswerAsync(context =>
        {
            context.Response.Headers.RetryAfter = DateTimeOffset.UtcNow.AddSeconds(60).ToString("R");
            return Partner.JsonAsync(context, 429, "");
        });

        result.RetryAfter!.Value.TotalSeconds.ShouldBeInRange(50, 60);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(408)]
    [InlineData(409)]
    public async Task An_answer_that_does_not_state_the_effect_is_unknown(int status) =>
        (await AnswerAsync(context => Partner.JsonAsync(context, status, "{}"))).Outcome.ShouldBe(SendOutcome.Unknown);

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = await Partner.StartAsync();

        var result = await AnswerAsync(context =>
        {
            context.Response.Headers.Location = elsewhere.BaseUrl + "/commands/release-fulfilment";
            return Partner.JsonAsync(context, 307, "");
        });

        result.Outcome.ShouldBe(SendOutcome.Unknown);
        elsewhere.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_hanging_target_is_unknown()
    {
        var result = await AnswerAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));

        result.Outcome.ShouldBe(SendOutcome.Unknown);
        result.Code.ShouldBe("TIMEOUT");
    }

    [Fact]
    public async Task A_lost_answer_is_unknown()
    {
        var result = await AnswerAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        result.Outcome.ShouldBe(SendOutcome.Unknown);
        result.Code.ShouldBe("CONNECTION_LOST");
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_unknown()
    {
        var result = await AnswerAsync(async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("""{"externalId":""");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        result.Outcome.ShouldBe(SendOutcome.Unknown);
    }

    [Fact]
    public async Task A_refused_connection_sent_nothing()
    {
        using var nobody = new ReservedPort();

        var result = await Channels.To($"http://127.0.0.1:{nobody.Number}").SendAsync();

        result.Outcome.ShouldBe(SendOutcome.NotSent);
        result.HttpStatus.ShouldBeNull();
    }

    [Fact]
    public async Task An_unknown_name_sent_nothing() =>
        (await Channels.To("http://nobody.invalid").SendAsync()).Outcome.ShouldBe(SendOutcome.NotSent);

    [Fact]
    public async Task A_lease_that_has_expired_sends_nothing()
    {
        await using var partner = await Partner.StartAsync();

        var result = await Channels.To(partner.BaseUrl).SendAsync(Channels.Command(mayWrite: () => false), CancellationToken.None);

        result.Outcome.ShouldBe(SendOutcome.NotSent);
        result.Code.ShouldBe("LEASE_OVER");
        partner.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void A_partner_of_the_open_connector_keeps_keys() =>
        Channels.To("http://127.0.0.1").PolicyForUnknownOutcome("create-invoice").ShouldBe(UnknownOutcomePolicy.NativeKey);

    private static async Task<SendResult> AnswerAsync(Func<HttpContext, Task> answer)
    {
        await using var partner = await Partner.StartAsync();
        partner.Answer = answer;
        return await Channels.To(partner.BaseUrl).SendAsync();
    }
}
