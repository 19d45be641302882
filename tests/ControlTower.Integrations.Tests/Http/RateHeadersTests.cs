using System.Net;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Flow;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Integrations.Http;
using ControlTower.Testing;

namespace ControlTower.Integrations.Tests.Http;

public class RateHeadersTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Header lines, then their values: remaining, seconds to the reset, limit.</summary>
    public static TheoryData<string, long, double, long?> Said => new()
    {
        { "RateLimit: \"default\";r=50;t=30|RateLimit-Policy: \"default\";q=100;w=60", 50, 30, 100 },
        { "RateLimit: \"burst\";r=90;t=1, \"daily\";r=5;t=3600", 5, 3600, null },
        { "RateLimit: limit=100, remaining=7, reset=12", 7, 12, 100 },
        { "RateLimit-Limit: 100, 100;w=60|RateLimit-Remaining: 9|RateLimit-Reset: 45", 9, 45, 100 },
        { "X-RateLimit-Limit: 5000|X-RateLimit-Remaining: 0|X-RateLimit-Reset: 1772438430", 0, 30, 5000 },
        { "X-RateLimit-Remaining: 3|X-RateLimit-Reset: 1772438401500", 3, 1.5, null },
        { "x-rate-limit-limit: 15|x-rate-limit-remaining: 14|x-rate-limit-reset: 1772438399", 14, 0, 15 },
    };

    [Theory]
    [MemberData(nameof(Said))]
    public void The_values_of_the_headers_are_read(string lines, long remaining, double seconds, long? limit) =>
        RateHeaders.From(Answer(lines), Now).ShouldBe(new RateLimitState(remaining, TimeSpan.FromSeconds(seconds), limit));

    [Theory]
    [InlineData("X-Other: 1")]
    [InlineData("RateLimit: many")]
    [InlineData("RateLimit-Remaining: -4|RateLimit-Reset: soon")]
    [InlineData("RateLimit-Remaining: 4")]
    [InlineData("RateLimit-Remaining: 999999999999999999999|RateLimit-Reset: 5")]
    public void Unreadable_headers_count_as_missing(string lines) => RateHeaders.From(Answer(lines), Now).ShouldBeNull();

    [Fact]
    public async Task With_nothing_left_sending_stops_until_the_reset_and_costs_no_attempt()
    {
        var time = new ManualTime();
        var pipeline = Pipeline(time);

        pipeline.Apply(Answer("RateLimit-Limit: 100|RateLimit-Remaining: 0|RateLimit-Reset: 20"));

        pipeline.Pace().ShouldBe(new ChannelPace(0, TimeSpan.FromSeconds(20), IsDown: false));
        pipeline.Flow().Why.ShouldBe(WaitReason.TargetRate);
        time.Pass(TimeSpan.FromSeconds(20));
        pipeline.Pace().Free.ShouldBe(4);
        pipeline.Flow().Why.ShouldBe(WaitReason.Nothing);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task The_last_tenth_of_a_window_is_spread_over_the_rest_of_it()
    {
        var time = new ManualTime();
        var pipeline = Pipeline(time);
        pipeline.Apply(Answer("RateLimit-Limit: 100|RateLimit-Remaining: 9|RateLimit-Reset: 10"));
        var sent = 0;

        for (var tick = 0; tick < 99; tick++)
        {
            time.Pass(TimeSpan.FromMilliseconds(100));
            if (pipeline.Pace().Free > 0)
            {
                pipeline.Pace().Free.ShouldBe(1);
                await pipeline.RunAsync(_ => new(new SendResult(SendOutcome.Accepted)), default);
                sent++;
            }
        }

        sent.ShouldBeInRange(8, 9);
    }

    [Fact]
    public void With_much_left_nothing_is_delayed_and_a_late_answer_changes_nothing()
    {
        var time = new ManualTime();
        var pipeline = Pipeline(time);
        pipeline.Apply(Answer("RateLimit-Limit: 100|RateLimit-Remaining: 3|RateLimit-Reset: 10"));
        pipeline.Apply(Answer("RateLimit-Limit: 100|RateLimit-Remaining: 60|RateLimit-Reset: 10"));

        pipeline.Pace().Free.ShouldBe(0);
        time.Pass(TimeSpan.FromSeconds(10));
        pipeline.Apply(Answer("RateLimit-Limit: 100|RateLimit-Remaining: 60|RateLimit-Reset: 10"));

        pipeline.Pace().Free.ShouldBe(4);
        pipeline.Flow().RateAllowed.ShouldBe(6);
    }

    [Fact]
    public async Task The_state_of_the_breaker_is_reported_with_its_start()
    {
        var time = new ManualTime();
        var pipeline = Pipeline(time);
        var start = time.GetUtcNow();
        pipeline.Flow().ShouldBe(new ChannelFlow(BreakerState.Closed, null, null, 0, 0, 4, null, WaitReason.Nothing));

        for (var i = 0; i < 3; i++)
        {
            await pipeline.RunAsync(_ => new(new SendResult(SendOutcome.Unknown)), default);
        }

        pipeline.Flow().ShouldBe(new ChannelFlow(BreakerState.Open, start, null, 0.3, 0, 4, start.AddSeconds(5), WaitReason.Breaker));
        time.Pass(TimeSpan.FromSeconds(5));
        (pipeline.Flow().Breaker, pipeline.Flow().BreakerSince).ShouldBe((BreakerState.Trying, start));
        await pipeline.RunAsync(_ => new(new SendResult(SendOutcome.Unknown)), default);
        time.Pass(TimeSpan.FromSeconds(5));
        pipeline.Flow().BreakerSince.ShouldBe(start);
        await pipeline.RunAsync(_ => new(new SendResult(SendOutcome.Accepted)), default);

        (pipeline.Flow().Breaker, pipeline.Flow().BreakerSince).ShouldBe((BreakerState.Closed, start.AddSeconds(10)));
    }

    private static ConnectorPipeline Pipeline(TimeProvider time) =>
        new(new PipelineOptions { RepeatsOfNotSent = 0, BreakerFailures = 3, BreakSeconds = 5, DefaultConcurrency = 4 }, time, () => 0.5);

    private static HttpResponseMessage Answer(string lines)
    {
        var answer = new HttpResponseMessage(HttpStatusCode.OK);
        foreach (var line in lines.Split('|'))
        {
            var at = line.IndexOf(':', StringComparison.Ordinal);
            answer.Headers.TryAddWithoutValidation(line[..at], line[(at + 1)..].Trim());
        }

        return answer;
    }
}
