using System.Globalization;
using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Testing.Proxies;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Outbox;

/// <summary>
/// Isolation of a failing connector, the long-running form: one connector fails for two minutes and is unavailable for
/// ten, next to two that work. It runs with <c>CONTROLTOWER_LONG=1</c>; <c>CONTROLTOWER_OUTAGE_SECONDS</c> shortens the
/// outage. Its figures are written to the test's output.
/// </summary>
public sealed class SlowConnectorTests(ITestOutputHelper output)
{
    private const int PerSecond = 20;
    private const int Rounds = 6;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan AroundOutage = TimeSpan.FromSeconds(60);
    private static readonly string[] Well = ["wms", "erp"];
    private int _made;

    [Fact]
    public async Task A_failing_connector_does_not_slow_the_others()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CONTROLTOWER_LONG") == "1", "A long form: set CONTROLTOWER_LONG=1.");
        var outage = int.Parse(Environment.GetEnvironmentVariable("CONTROLTOWER_OUTAGE_SECONDS") ?? "600", CultureInfo.InvariantCulture);
        await using var wms = await BookkeepingPartner.StartAsync();
        await using var erp = await BookkeepingPartner.StartAsync();
        await using var sick = await BookkeepingPartner.StartAsync();
        await using var proxy = new AnswerLosingProxy(new Uri(sick.BaseUrl));
        await using var room = await OutboxTestHost.OpenAsync(
            ("Connectors:Pipeline:TimeoutSeconds", "10"), ("Connectors:Pipeline:BreakSeconds", "5"), ("Outbox:LeaseSeconds", "30"),
            ("Outbox:BackoffMilliseconds", "1000"), ("Outbox:LongestBackoffSeconds", "300"));
        await room.RegisterAsync("wms", Roles.Wms, wms.BaseUrl);
        await room.RegisterAsync("erp", Roles.Erp, erp.BaseUrl);
        await room.RegisterAsync("tms", Roles.Tms, proxy.Address.ToString());
        await room.StartAsync();

        await FeedAsync(room, "WARM", TimeSpan.FromSeconds(20));
        var chance = new Random(7);
        for (var round = 0; round < Rounds; round++)
        {
            // In turns, so that other load of the machine affects both alike.
            await FeedAsync(room, "ALONE", Turn);
            sick.Before = (context, _) => MisbehaveAsync(context, chance);
            await FeedAsync(room, "TROUBLE", Turn);
            sick.Before = (_, _) => Task.FromResult(false);
            await DrainAsync(room);
        }

        var (alone, trouble) = (await PercentileAsync(room, "ALONE"), await PercentileAsync(room, "TROUBLE"));

        // Once more without failures, right before the outage and right after it: the machine's speed changes in ten
        // minutes.
        await FeedAsync(room, "BESIDE", AroundOutage);
        await DrainAsync(room);
        var away = TimeProvider.System.GetUtcNow();
        proxy.Cut();
        var opened = BreakerOpensAsync(room);
        await FeedAsync(room, "GONE", TimeSpan.FromSeconds(outage));
        await DrainAsync(room, Well);
        var gone = await PercentileAsync(room, "GONE");
        var breaker = await opened - away;
        proxy.Restore();
        var back = TimeProvider.System.GetUtcNow();
        var backlog = await WaitingAsync(room);
        await DrainAsync(room);
        var drained = TimeProvider.System.GetUtcNow() - back;
        await FeedAsync(room, "BESIDE", AroundOutage);
        await DrainAsync(room);
        var around = await PercentileAsync(room, "BESIDE");

        var commands = await room.ReadAsync(db => db.Commands.CountAsync(c => c.Connector == "tms"));
        var attempts = await room.ReadAsync(db =>
            db.Attempts.CountAsync(a => db.Commands.Any(c => c.Id == a.CommandId && c.Connector == "tms")));
        output.WriteLine(
            $"others' p95: alone {alone:F1} ms, beside trouble {trouble:F1} ms ({Share(trouble, alone)}), around an outage "
                + $"{around:F1} ms, beside it {gone:F1} ms ({Share(gone, around)})");
        output.WriteLine(
            $"breaker open after {breaker.TotalSeconds:F1} s; attempts {attempts} for {commands} commands = "
                + $"{(double)attempts / commands:F3}");
        output.WriteLine($"backlog {backlog} drained {drained.TotalSeconds:F0} s after the return; effects {sick.Books.Count}");

        sick.Books.Count.ShouldBe(commands);
        breaker.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        ((double)attempts / commands).ShouldBeLessThan(1.5);
        drained.ShouldBeLessThan(TimeSpan.FromMinutes(5));
        trouble.ShouldBeLessThan(alone * 1.1);
        gone.ShouldBeLessThan(around * 1.1);
    }

    private static string Share(double now, double before) => ((now / before) - 1).ToString("+0%;-0%", CultureInfo.InvariantCulture);

    /// <summary>One answer in ten is a 500, one in twenty hangs for half a minute.</summary>
    private static async Task<bool> MisbehaveAsync(HttpContext context, Random chance)
    {
        double drawn;
        lock (chance)
        {
            drawn = chance.NextDouble();
        }

        if (drawn < 0.05)
        {
            await Task.Delay(TimeSpan.FromSeconds(30), context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        }

        context.Response.StatusCode = drawn < 0.15 ? 500 : 200;
        return drawn < 0.15;
    }

    /// <returns>The 95th percentile, in milliseconds, from wanted to accepted, of the two that work.</returns>
    private static async Task<double> PercentileAsync(OutboxTestHost room, string name)
    {
        var times = await room.ReadAsync(db => db.Commands.Where(c => Well.Contains(c.Connector) && c.Document.StartsWith(name))
            .Select(c => new { c.CreatedAt, c.SettledAt }).ToListAsync());
        var sorted = times.Select(t => (t.SettledAt!.Value - t.CreatedAt).TotalMilliseconds).Order().ToList();
        return sorted[(int)(sorted.Count * 0.95)];
    }

    private async Task FeedAsync(OutboxTestHost room, string name, TimeSpan time)
    {
        var end = TimeProvider.System.GetUtcNow() + time;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (TimeProvider.System.GetUtcNow() < end)
        {
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            foreach (var connector in (string[])[.. Well, "tms"])
            {
                await room.WantAsync(connector, PerSecond / 5, prefix: $"{name}{Interlocked.Increment(ref _made)}");
            }
        }
    }

    private static async Task<DateTimeOffset> BreakerOpensAsync(OutboxTestHost room)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var channel = (await room.Get<ConnectorRegistry>().FindAsync("tms"))!.Channel!;
        while (channel.Flow().Breaker == BreakerState.Closed)
        {
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        return TimeProvider.System.GetUtcNow();
    }

    private static Task<int> WaitingAsync(OutboxTestHost room) =>
        room.ReadAsync(db => db.Commands.CountAsync(c => c.Connector == "tms" && c.State != CommandState.Accepted));

    private static async Task DrainAsync(OutboxTestHost room, params string[] connectors)
    {
        var all = connectors.Length == 0 ? [.. Well, "tms"] : connectors;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        var deadline = TimeProvider.System.GetUtcNow().AddMinutes(8);
        while (await room.ReadAsync(db => db.Commands.AnyAsync(c => all.Contains(c.Connector) && c.State != CommandState.Accepted)))
        {
            Assert.True(TimeProvider.System.GetUtcNow() < deadline, "The backlog was not drained.");
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
