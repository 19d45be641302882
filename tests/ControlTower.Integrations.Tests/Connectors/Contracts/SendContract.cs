using ControlTower.Core.Connectors;
using ControlTower.Integrations.Http;
using ControlTower.Integrations.Tests.Open;
using ControlTower.Testing;
using Microsoft.AspNetCore.Http;

namespace ControlTower.Integrations.Tests.Connectors.Contracts;

/// <summary>
/// What sending must do for every kind over HTTP. The errors happen to the first request that changes something; the
/// reads of a kind before that succeed. A kind's test class derives from it once per command kind.
/// </summary>
public abstract class SendContract
{
    /// <summary>A channel to the base URL under <see cref="Errors.Quick"/>; the address is on this machine.</summary>
    private protected abstract IConnectorChannel Open(string baseUrl, PipelineOptions options);

    /// <summary>A complete command of the kind.</summary>
    /// <param name="mayWrite">To be passed on in the envelope.</param>
    private protected abstract CommandEnvelope Command(Func<bool>? mayWrite = null);

    /// <summary>How the system answers when it works and nothing was done before.</summary>
    private protected abstract Task AnswerWellAsync(HttpContext context);

    /// <summary>Whether the request changes something there.</summary>
    private protected virtual bool HasEffect(PartnerRequest request) => request.Method != "GET";

    /// <summary>
    /// The header by which a system that keeps keys recognises two requests as the same; null: the bytes alone.
    /// </summary>
    private protected virtual string? IdempotencyHeader => null;

    [Fact]
    public async Task A_command_is_accepted()
    {
        var result = await AnsweredAsync(AnswerWellAsync);

        result.Outcome.ShouldBe(SendOutcome.Accepted, $"{result.Code} {result.Detail}");
    }

    [Fact]
    public async Task Refused_credentials_are_unauthorised() =>
        (await AnsweredAsync(context => FaultyAnswers.StatusAsync(context, 401))).Outcome.ShouldBe(SendOutcome.Unauthorised);

    [Fact]
    public async Task A_busy_system_is_throttled_for_the_time_it_asked_for()
    {
        var result = await AnsweredAsync(context => FaultyAnswers.BusyAsync(context, 7));

        (result.Outcome, result.RetryAfter).ShouldBe((SendOutcome.Throttled, TimeSpan.FromSeconds(7)));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task A_failing_system_has_an_unknown_outcome(int status) =>
        (await AnsweredAsync(context => FaultyAnswers.StatusAsync(context, status))).Outcome.ShouldBe(SendOutcome.Unknown);

    [Fact]
    public async Task A_system_that_hangs_has_an_unknown_outcome() =>
        (await AnsweredAsync(FaultyAnswers.HangAsync)).Outcome.ShouldBe(SendOutcome.Unknown);

    [Fact]
    public async Task A_lost_answer_has_an_unknown_outcome() =>
        (await AnsweredAsync(FaultyAnswers.LoseAsync)).Outcome.ShouldBe(SendOutcome.Unknown);

    [Fact]
    public async Task A_refused_connection_sent_nothing()
    {
        using var nobody = new ReservedPort();

        (await Open($"http://127.0.0.1:{nobody.Number}", FaultyAnswers.Quick).SendAsync(Command(), CancellationToken.None))
            .Outcome.ShouldBe(SendOutcome.NotSent);
    }

    [Fact]
    public async Task A_lease_that_has_expired_changes_nothing()
    {
        await using var system = await StartAsync(AnswerWellAsync);

        var result = await Open(system.BaseUrl, FaultyAnswers.Quick).SendAsync(Command(() => false), CancellationToken.None);

        (result.Outcome, result.Code).ShouldBe((SendOutcome.NotSent, SendCodes.LeaseOver));
        system.Requests.ShouldAllBe(request => !HasEffect(request));
    }

    [Fact]
    public async Task On_an_unknown_outcome_the_same_bytes_are_sent_again_under_the_same_key_or_it_is_looked_up()
    {
        await using var system = await StartAsync(AnswerWellAsync);
        var channel = Open(system.BaseUrl, FaultyAnswers.Quick);
        var command = Command();
        switch (channel.PolicyForUnknownOutcome(command.Kind))
        {
            case UnknownOutcomePolicy.NativeKey:
                await channel.SendAsync(command, CancellationToken.None);
                var first = Effects(system);
                await channel.SendAsync(command, CancellationToken.None);
                Effects(system).ShouldBe([.. first, .. first]);
                break;
            case UnknownOutcomePolicy.LookupFirst:
                (await channel.LookUpAsync(command, CancellationToken.None)).Outcome.ShouldNotBe(LookUpOutcome.Unknown);
                system.Requests.ShouldAllBe(request => !HasEffect(request));
                system.Answer = context => FaultyAnswers.StatusAsync(context, 500);
                (await channel.LookUpAsync(command, CancellationToken.None))
                    .Outcome.ShouldBe(LookUpOutcome.Unknown, "trouble says nothing of what is there");
                break;
        }
    }

    private List<string> Effects(Partner system) => [.. system.Requests.Where(HasEffect)
        .Select(request =>
            $"{request.Method} {request.Path} {Convert.ToHexString(request.Body)} "
            + $"{(IdempotencyHeader is { } header ? request.Headers[header] : "")}")];

    private async Task<SendResult> AnsweredAsync(Func<HttpContext, Task> answer)
    {
        await using var system = await StartAsync(answer);
        return await Open(system.BaseUrl, FaultyAnswers.Quick).SendAsync(Command(), CancellationToken.None);
    }

    private async Task<Partner> StartAsync(Func<HttpContext, Task> answer)
    {
        var system = await Partner.StartAsync();
        system.Answer = context => HasEffect(system.Requests.Last()) ? answer(context) : AnswerWellAsync(context);
        return system;
    }
}
