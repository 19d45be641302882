using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.EndToEnd.Tests.Connectors;
using ControlTower.EndToEnd.Tests.Landscape;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Nodes;

/// <summary>
/// Several tower processes on one database, killed in the middle, and a database whose answers are lost (I1, I2). The
/// long-running forms, with CONTROLTOWER_LONG=1, are those of docs/reliability.md.
/// </summary>
[Collection(nameof(StoryCollection))]
public sealed class NodeTests
{
    private const int LeaseSeconds = 6;

    private static readonly TimeSpan Long = TimeSpan.FromMinutes(15);

    private static readonly Dictionary<string, string> ShortLease = new()
    {
        ["Outbox__LeaseSeconds"] = $"{LeaseSeconds}",
        ["Connectors__Pipeline__TimeoutSeconds"] = "2",
    };

    [Fact]
    public Task Three_nodes_of_which_three_are_killed_lose_nothing_and_do_nothing_twice() =>
        KillAsync(orders: 60, kills: 3, speed: 200_000);

    /// <summary>10,000 orders at some 200 facts a second, 50 kills.</summary>
    [Fact]
    public Task Three_nodes_killed_fifty_times_under_load_lose_nothing_and_do_nothing_twice()
    {
        Assert.SkipUnless(LongForms.AreAsked, LongForms.Why);
        return KillAsync(LongForms.Number("CONTROLTOWER_LONG_ORDERS", 10_000), LongForms.Number("CONTROLTOWER_LONG_KILLS", 50),
            LongForms.Number("CONTROLTOWER_LONG_SPEED", 6_000));
    }

    [Fact]
    public Task Every_tenth_commit_whose_answer_is_cut_off_has_one_effect() => CutAsync(orders: 40, resets: 5);

    /// <summary>The same with the database's backends ended every second for a minute.</summary>
    [Fact]
    public Task Backends_ended_every_second_for_a_minute_lose_nothing()
    {
        Assert.SkipUnless(LongForms.AreAsked, LongForms.Why);
        return CutAsync(orders: 400, resets: 60);
    }

    private static async Task KillAsync(int orders, int kills, int speed)
    {
        await using var run = await LandscapeRun.StartAsync(
            new LandscapeOptions
                { Scenario = "duplicates-and-disorder", Orders = orders, Nodes = 3, Speed = speed, Settings = ShortLease });
        var dice = new Random(orders);
        for (var kill = 0; kill < kills; kill++)
        {
            await run.PostedAtLeastAsync((int)((kill + 1) * 0.8 * orders / (kills + 1)), Long);
            var node = dice.Next(3);
            await run.KillTowerAsync(node);
            await AssertTakenOverAsync(run);
            await run.StartTowerAsync(node);
        }

        await run.PostedAtLeastAsync(orders, Long);
        await run.EventuallyAsync(end => end.Count("posted") == orders && end.OpenCases.Count == 0);
        (await EndState.OfAsync(run)).IsAllPostedAndNothingOpen(orders);
        await AssertCountedAsync(run);
    }

    /// <summary>
    /// A send that was in flight at the kill is not in flight any more after a lease and five seconds.
    /// </summary>
    private static async Task AssertTakenOverAsync(LandscapeRun run)
    {
        var atTheKill = await UnderWayAsync(run);
        var since = TimeProvider.System.GetTimestamp();
        await Eventually.AsyncIs(async () => !(await UnderWayAsync(run)).Overlaps(atTheKill), () => "still under way");
        Assert.InRange(TimeProvider.System.GetElapsedTime(since).TotalSeconds, 0, LeaseSeconds + 5);
    }

    private static async Task<HashSet<(long Command, int Attempt)>> UnderWayAsync(LandscapeRun run)
    {
        await using var db = TestedDatabase.Open(run.ConnectionString);
        var found = await db.Commands.Where(c => c.State == CommandState.Sending)
            .Select(c => new { c.Id, c.Attempts }).ToListAsync(TestContext.Current.CancellationToken);
        return [.. found.Select(c => (c.Id, c.Attempts))];
    }

    private static async Task AssertCountedAsync(LandscapeRun run)
    {
        await using var db = TestedDatabase.Open(run.ConnectionString);
        await CountedHours.AgreeAsync(db);
    }

    private static async Task CutAsync(int orders, int resets)
    {
        TestedDatabase.OnlyPostgreSQL("the wire that is cut reads PostgreSQL's protocol.");
        await using var run = await LandscapeRun.StartAsync(
            new LandscapeOptions { Scenario = "duplicates-and-disorder", Orders = orders, CommitsCut = 0.1, Settings = ShortLease });
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        for (var reset = 0; reset < resets && await second.WaitForNextTickAsync(TestContext.Current.CancellationToken); reset++)
        {
            await TestedDatabase.EndOtherSessionsAsync(run.ConnectionString, TestContext.Current.CancellationToken);
        }

        await run.PostedAtLeastAsync(orders, Long);
        await run.EventuallyAsync(end => end.Count("posted") == orders && end.OpenCases.Count == 0);
        Assert.True(run.DatabaseProxy!.Lost > 10, $"only {run.DatabaseProxy.Lost} commits were cut");
        (await EndState.OfAsync(run)).IsAllPostedAndNothingOpen(orders);
        await AssertCountedAsync(run);
    }
}
