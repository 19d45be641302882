using ControlTower.Core.Connectors;
using ControlTower.Core.Inbox;
using ControlTower.Integrations.Http;
using ControlTower.Integrations.Tests.Open;
using ControlTower.Testing;
using Microsoft.AspNetCore.Http;

namespace ControlTower.Integrations.Tests.Connectors.Contracts;

/// <summary>
/// What polling must do for every kind over HTTP. A kind's test class derives from it, provides how a channel is opened
/// and how the system answers when it works, and inherits the tests.
/// </summary>
public abstract class PollContract
{
    /// <summary>A channel to the base URL under <see cref="Errors.Quick"/>; the address is on this machine.</summary>
    private protected abstract IConnectorChannel Open(string baseUrl, PipelineOptions options);

    /// <summary>How the system answers a poll when it works: at least one event.</summary>
    private protected abstract Task AnswerWellAsync(HttpContext context);

    /// <summary>Where the poll continues; null for the first one.</summary>
    private protected virtual string? Cursor => null;

    /// <summary>Whether the request changes something there: a test of the connector must not.</summary>
    private protected virtual bool HasEffect(PartnerRequest request) => request.Method != "GET";

    [Fact]
    public async Task A_page_brings_events_that_the_inbox_can_keep_and_a_cursor()
    {
        await using var system = await StartAsync(AnswerWellAsync);

        var page = await PollAsync(system);

        page.Error.ShouldBeNull();
        page.Next.ShouldNotBeNull();
        page.Events.ShouldNotBeEmpty();
        page.Events.Where(raw => EventReading.Read(raw, null, out _) is null).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_page_again_brings_duplicates()
    {
        await using var system = await StartAsync(AnswerWellAsync);

        var first = Keys(await PollAsync(system));

        first.ShouldNotBeEmpty();
        Keys(await PollAsync(system)).ShouldBe(first);
    }

    [Fact]
    public async Task Refused_credentials_are_reported_separately()
    {
        var page = await AnsweredAsync(context => FaultyAnswers.StatusAsync(context, 401));

        IsFailed(page);
        page.Unauthorised.ShouldBeTrue();
    }

    [Fact]
    public async Task A_busy_system_is_polled_again_after_the_time_it_asked_for()
    {
        var page = await AnsweredAsync(context => FaultyAnswers.BusyAsync(context, 7));

        IsFailed(page);
        page.RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task A_failing_system_moves_no_cursor(int status) =>
        IsFailed(await AnsweredAsync(context => FaultyAnswers.StatusAsync(context, status)));

    [Fact]
    public async Task A_system_that_hangs_moves_no_cursor() => IsFailed(await AnsweredAsync(FaultyAnswers.HangAsync));

    [Fact]
    public async Task A_lost_answer_moves_no_cursor() => IsFailed(await AnsweredAsync(FaultyAnswers.LoseAsync));

    [Fact]
    public async Task Half_a_page_moves_no_cursor_and_brings_nothing() =>
        IsFailed(await AnsweredAsync(context => FaultyAnswers.HalfAsync(context, AnswerWellAsync)));

    [Theory]
    [InlineData("no")]
    [InlineData("\"text\"")]
    public async Task A_page_of_another_shape_is_an_error(string body) =>
        IsFailed(await AnsweredAsync(context => Partner.JsonAsync(context, 200, body)));

    [Fact]
    public async Task A_test_reports_as_text_that_it_works_and_changes_nothing()
    {
        await using var system = await StartAsync(AnswerWellAsync);

        var result = await Open(system.BaseUrl, FaultyAnswers.Quick).TestAsync(CancellationToken.None);

        result.Works.ShouldBeTrue(string.Join(' ', result.Steps.Select(step => step.Message)));
        result.Steps.ShouldContain(step => step.Ok == true);
        result.Steps.ShouldAllBe(step => step.Message.EndsWith('.'));
        system.Requests.ShouldAllBe(request => !HasEffect(request));
    }

    [Fact]
    public async Task A_test_against_refused_credentials_or_an_unavailable_system_fails()
    {
        await using var system = await StartAsync(context => FaultyAnswers.StatusAsync(context, 401));
        using var nobody = new ReservedPort();

        (await Open(system.BaseUrl, FaultyAnswers.Quick).TestAsync(CancellationToken.None)).Works.ShouldBeFalse();
        (await Open($"http://127.0.0.1:{nobody.Number}", FaultyAnswers.Quick).TestAsync(CancellationToken.None)).Works.ShouldBeFalse();
    }

    private static void IsFailed(PollResult page)
    {
        page.Error.ShouldNotBeNullOrEmpty();
        page.Events.ShouldBeEmpty();
        page.Next.ShouldBeNull();
    }

    private static List<string> Keys(PollResult page) =>
        [.. page.Events.Select(raw => EventReading.Read(raw, null, out _)!)
            .Select(e => $"{e.Source} {e.Id} {Convert.ToHexString(e.ContentHash)}")];

    private Task<PollResult> PollAsync(Partner system) =>
        Open(system.BaseUrl, FaultyAnswers.Quick).PollAsync(Cursor, 100, CancellationToken.None);

    private async Task<PollResult> AnsweredAsync(Func<HttpContext, Task> answer)
    {
        await using var system = await StartAsync(answer);
        return await PollAsync(system);
    }

    private static async Task<Partner> StartAsync(Func<HttpContext, Task> answer)
    {
        var system = await Partner.StartAsync();
        system.Answer = answer;
        return system;
    }
}
