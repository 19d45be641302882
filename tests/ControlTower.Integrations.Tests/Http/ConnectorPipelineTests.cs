using ControlTower.Core.Connectors;
using ControlTower.Integrations.Http;
using ControlTower.Testing;

namespace ControlTower.Integrations.Tests.Http;

public class ConnectorPipelineTests
{
    private static readonly PipelineOptions Options =
        new() { RepeatsOfNotSent = 0, BreakerFailures = 3, BreakSeconds = 5, DefaultConcurrency = 4 };
    private readonly ManualTime _time = new();

    [Fact]
    public async Task The_breaker_opens_on_failures_and_later_lets_a_single_send_try()
    {
        var pipeline = Pipeline(Options);
        await RunAsync(pipeline, SendOutcome.Unknown, 3);
        pipeline.Pace().ShouldBe(new ChannelPace(0, TimeSpan.FromSeconds(5), IsDown: true));
        (await RunAsync(pipeline, SendOutcome.Accepted)).Code.ShouldBe("CIRCUIT_OPEN");

        _time.Pass(TimeSpan.FromSeconds(5));
        pipeline.Pace().ShouldBe(new ChannelPace(1, null, IsDown: true));
        await RunAsync(pipeline, SendOutcome.Accepted);

        pipeline.Pace().ShouldBe(new ChannelPace(4, null, IsDown: false) { Ahead = 4 + 1 });
    }

    [Fact]
    public async Task Capacity_ahead_is_what_two_seconds_will_complete_up_to_eight_times_the_concurrency()
    {
        var pipeline = Pipeline(Options);
        pipeline.Pace().Ahead.ShouldBe(4, "nothing is known of its speed");

        await RunAsync(pipeline, SendOutcome.Accepted, 20);
        pipeline.Pace().Ahead.ShouldBe(4 + 4, "20 in ten seconds");
        await RunAsync(pipeline, SendOutcome.Accepted, 980);
        pipeline.Pace().Ahead.ShouldBe(4 + 32);
    }

    [Fact]
    public async Task A_registered_rate_gives_no_capacity_ahead()
    {
        var pipeline = Pipeline(Options with { PerSecond = 100 });

        await RunAsync(pipeline, SendOutcome.Accepted, 20);

        var pace = pipeline.Pace();
        pace.Ahead.ShouldBe(pace.Free);
    }

    [Fact]
    public async Task Refusals_do_not_open_the_breaker()
    {
        var pipeline = Pipeline(Options);

        await RunAsync(pipeline, SendOutcome.Rejected, 20);

        pipeline.Pace().Free.ShouldBe(4);
    }

    [Fact]
    public async Task A_request_that_was_not_sent_is_repeated_within_the_attempt_and_an_unknown_outcome_is_not()
    {
        var pipeline = new ConnectorPipeline(Options with { RepeatsOfNotSent = 2, BreakerFailures = 50 }, TimeProvider.System, () => 0);
        var runs = 0;

        await pipeline.RunAsync(_ => Count(SendOutcome.NotSent), default);
        runs.ShouldBe(3);
        await pipeline.RunAsync(_ => Count(SendOutcome.Unknown), default);
        runs.ShouldBe(4);

        ValueTask<SendResult> Count(SendOutcome outcome)
        {
            runs++;
            return new(new SendResult(outcome));
        }
    }

    [Fact]
    public async Task Retry_After_stops_sending_for_the_time_it_names()
    {
        var pipeline = Pipeline(Options);

        await pipeline.RunAsync(_ => new(new SendResult(SendOutcome.Throttled, RetryAfter: TimeSpan.FromSeconds(30))), default);

        pipeline.Pace().ShouldBe(new ChannelPace(0, TimeSpan.FromSeconds(30), IsDown: false));
        _time.Pass(TimeSpan.FromSeconds(30));
        pipeline.Pace().Free.ShouldBe(4);
    }

    [Fact]
    public async Task An_excessive_Retry_After_is_limited()
    {
        var pipeline = Pipeline(Options);

        var result = await pipeline.RunAsync(_ => new(new SendResult(SendOutcome.Throttled, RetryAfter: TimeSpan.FromDays(9000))), default);

        result.RetryAfter.ShouldBe(TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Refused_credentials_let_one_send_try_after_a_while()
    {
        var pipeline = Pipeline(Options);
        await RunAsync(pipeline, SendOutcome.Unauthorised);
        pipeline.Pace().Free.ShouldBe(0);

        _time.Pass(TimeSpan.FromSeconds(Options.UnauthorisedSeconds));
        pipeline.Pace().Free.ShouldBe(1);
        await RunAsync(pipeline, SendOutcome.Accepted);

        pipeline.Pace().Free.ShouldBe(4);
    }

    [Fact]
    public async Task Running_sends_use_up_the_concurrency()
    {
        var pipeline = Pipeline(Options with { Concurrency = 2 });
        var answer = new TaskCompletionSource<SendResult>();

        var running = pipeline.RunAsync(_ => new(answer.Task), default);
        pipeline.Pace().Free.ShouldBe(1);
        answer.SetResult(new SendResult(SendOutcome.Accepted));
        await running;

        pipeline.Pace().Free.ShouldBe(2);
    }

    [Fact]
    public async Task The_rate_limits_the_sends_of_a_second()
    {
        var pipeline = Pipeline(Options with { PerSecond = 2 });
        await RunAsync(pipeline, SendOutcome.Accepted, 2);
        pipeline.Pace().ShouldBe(new ChannelPace(0, TimeSpan.FromSeconds(0.5), IsDown: false));

        _time.Pass(TimeSpan.FromSeconds(0.5));

        pipeline.Pace().Free.ShouldBe(1);
    }

    [Fact]
    public async Task The_breaker_of_one_connector_does_not_affect_another()
    {
        var sick = Pipeline(Options);
        var well = Pipeline(Options);

        await RunAsync(sick, SendOutcome.Unknown, 3);

        sick.Pace().Free.ShouldBe(0);
        well.Pace().Free.ShouldBe(4);
    }

    private ConnectorPipeline Pipeline(PipelineOptions options) => new(options, _time, () => 0.5);

    private static async Task<SendResult> RunAsync(ConnectorPipeline pipeline, SendOutcome outcome, int times = 1)
    {
        var result = new SendResult(outcome);
        for (var i = 0; i < times; i++)
        {
            result = await pipeline.RunAsync(_ => new(new SendResult(outcome)), default);
        }

        return result;
    }
}
