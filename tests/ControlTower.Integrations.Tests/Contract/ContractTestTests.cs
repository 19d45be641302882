using System.Collections.Concurrent;
using ControlTower.ContractTest;
using ControlTower.Core.Connectors;
using ControlTower.Integrations.Open;
using ControlTower.Integrations.Tests.Open;
using Microsoft.AspNetCore.Http;

namespace ControlTower.Integrations.Tests.Contract;

/// <summary>
/// The partners' contract test distinguishes a partner that keeps the contract from one that does not.
/// </summary>
public class ContractTestTests
{
    [Fact]
    public async Task A_partner_that_keeps_the_contract_passes()
    {
        var numbers = new ConcurrentDictionary<string, string>();
        var (code, output) = await RunAsync(context => IsSigned(context)
            ? HttpMethods.IsGet(context.Request.Method)
                ? EventsAsync(context)
                : Partner.JsonAsync(context, 202, $$"""{"externalId":"{{numbers.GetOrAdd(KeyOf(context), _ => $"N-{numbers.Count}")}}"}""")
            : Partner.JsonAsync(context, 401, ""));

        output.ShouldContain(" 0 failed", customMessage: output);
        code.ShouldBe(0);
    }

    [Fact]
    public async Task A_partner_that_refuses_as_the_contract_requires_passes()
    {
        var (code, output) = await RunAsync(
            context => IsSigned(context)
                ? Partner.ProblemAsync(context, 422, """{"code":"UNKNOWN_ORDER"}""")
                : Partner.JsonAsync(context, 401, ""), poll: false);

        code.ShouldBe(0, output);
    }

    [Fact]
    public async Task A_partner_that_accepts_any_signature_and_keeps_no_keys_fails()
    {
        var number = 0;
        var (code, output) = await RunAsync(context => HttpMethods.IsGet(context.Request.Method)
            ? Partner.JsonAsync(context, 200, """{"events":[{"id":"1"}]}""")
            : Partner.JsonAsync(context, 200, $$"""{"externalId":"{{Interlocked.Increment(ref number)}}"}"""));

        code.ShouldBe(1);
        output.ShouldContain("FAILS  release-fulfilment: an unsigned command is answered 401");
        output.ShouldContain("FAILS  release-fulfilment: the same command again has the same answer");
        output.ShouldContain("FAILS  release-fulfilment: 8 requests of one key at once have one effect");
        output.ShouldContain("FAILS  events: the first page needs no cursor and holds CloudEvents");
    }

    [Fact]
    public void Bad_options_are_all_reported_at_once()
    {
        ContractOptions.Parse(["--url", "nowhere", "--secret", "x", "--role", "king", "--what"], out var errors).ShouldBeNull();

        errors.Count.ShouldBe(4);
    }

    private static async Task<(int Code, string Said)> RunAsync(Func<HttpContext, Task> answer, bool poll = true)
    {
        await using var partner = await Partner.StartAsync();
        partner.Answer = answer;
        string[] args = ["--url", partner.BaseUrl, "--secret", WebhookSecret.Format(Partner.Key), "--role", "wms"];
        var options = ContractOptions.Parse(poll ? [.. args, "--poll"] : args, out var errors);
        errors.ShouldBeEmpty();
        using var client = new PartnerClient(options!.Url, options.Key);
        var output = new StringWriter();
        var run = new ContractRun(output);
        foreach (var check in Checks.For(options, client))
        {
            await run.TryAsync(check);
        }

        var code = run.Finish();
        return (code, output.ToString());
    }

    /// <summary>The partner has read the body already and stored it with the request.</summary>
    private static bool IsSigned(HttpContext context)
    {
        var headers = context.Request.Headers;
        var body = (byte[])context.Items[nameof(Partner)]!;
        return StandardWebhooks.Verify(
            [Partner.Key], headers[StandardWebhooks.IdHeader], headers[StandardWebhooks.TimestampHeader],
            headers[StandardWebhooks.SignatureHeader], body,
            TimeProvider.System.GetUtcNow());
    }

    private static string KeyOf(HttpContext context) => context.Request.Headers["Idempotency-Key"].ToString();

    private static Task EventsAsync(HttpContext context) => Partner.JsonAsync(
        context, 200, context.Request.Query.ContainsKey("after")
            ? """{"events":[],"next":"1"}"""
            : """{"events":[{"specversion":"1.0","id":"1","source":"s","type":"tower.shipment.ready.v1","subject":"S-1"}],"next":"1"}""");
}
