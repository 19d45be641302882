namespace ControlTower.EndToEnd.Tests.Landscape;

/// <summary>
/// Each scenario reaches its documented end state; then every event is sent again, and nothing changes (I1, I2, I5).
/// </summary>
[Collection(nameof(LandscapeCollection))]
public sealed class ScenarioTests
{
    private const int Orders = 60;

    private static int Count(EndState state, string reason) => state.OpenCases.Count(c => EndState.Text(c, "reasonCode") == reason);

    [Theory]
    [InlineData("calm")]
    [InlineData("duplicates-and-disorder")]
    [InlineData("answers-lost")]
    [InlineData("carrier-outage")]
    public async Task Every_order_ends_posted_with_nothing_open_and_each_document_made_once(string scenario)
    {
        await using var run = await LandscapeRun.StartAsync(new LandscapeOptions { Scenario = scenario, Orders = Orders });

        await run.SettledAsync();
        (await EndState.OfAsync(run)).IsAllPostedAndNothingOpen(Orders);

        await AssertSayingItTwiceChangesNothing(run);
    }

    [Theory]
    [InlineData("warehouse-rejects", "WarehouseSupervisor")]
    [InlineData("tax-class-rejected", "FinanceApprover")]
    public async Task Every_20th_order_waits_in_a_queue_and_is_posted_after_its_replay(string scenario, string role)
    {
        await using var run = await LandscapeRun.StartAsync(new LandscapeOptions { Scenario = scenario, Orders = Orders });

        await run.SettledAsync();
        var before = await EndState.OfAsync(run);
        Assert.Equal(Orders / 20, before.OpenOrders().Count);
        Assert.Equal(Orders - (Orders / 20), before.Count("posted"));

        var settled = run.SettledAsync();
        foreach (var waiting in before.OpenCases.Where(c => EndState.Text(c, "reasonCode") != "PROMISE_OVERDUE"))
        {
            await run.ReplayAsync(waiting, role);
        }

        await settled;
        // The sandbox reports only that it is quiet: it does not know of a replayed order that the tower has not sent
        // yet.
        await run.EventuallyAsync(end => end.Count("posted") == Orders && end.OpenCases.Count == 0);
        (await EndState.OfAsync(run)).IsAllPostedAndNothingOpen(Orders);
        await AssertSayingItTwiceChangesNothing(run);
    }

    [Fact]
    public async Task Every_20th_order_whose_proof_is_lost_is_held_without_invoice()
    {
        await using var run = await LandscapeRun.StartAsync(new LandscapeOptions { Scenario = "lost-pod", Orders = 160 });

        await run.SettledAsync();
        await run.EventuallyAsync(end =>
            end.OpenOrders() is { Count: > 0 } open && open.Count == end.Transactions.Count(t => EndState.Text(t, "health") == "held"));

        var end = await EndState.OfAsync(run);
        var held = end.Transactions.Where(t => EndState.Text(t, "health") == "held").ToList();
        Assert.All(held, t => Assert.Equal(0, t.GetProperty("posted").GetDecimal()));
        Assert.All(end.OpenCases, c => Assert.Equal("POD_MISSING", EndState.Text(c, "reasonCode")));
        Assert.Equal(end.Transactions.Count - held.Count, end.Count("posted"));
        end.BooksAgree();
        await AssertSayingItTwiceChangesNothing(run);
    }

    [Fact]
    public async Task Every_20th_short_order_is_shipped_and_billed_in_part_and_its_shortage_stays_open()
    {
        await using var run = await LandscapeRun.StartAsync(new LandscapeOptions { Scenario = "short-pick", Orders = Orders });

        await run.SettledAsync();

        // What is still owed passes its promise, too.
        await run.EventuallyAsync(state =>
            state.Transactions.Count(t => EndState.Text(t, "stage") != "posted") == Count(state, "PROMISE_OVERDUE"));
        var end = await EndState.OfAsync(run);
        var shorts = end.Transactions.Where(t => EndState.Text(t, "stage") != "posted").ToList();
        Assert.NotEmpty(shorts);
        Assert.All(shorts, t => Assert.InRange(t.GetProperty("posted").GetDecimal(), 0.01m, t.GetProperty("amount").GetDecimal() - 0.01m));
        Assert.Equal((shorts.Count, 2 * shorts.Count), (Count(end, "PICK_SHORT"), end.OpenCases.Count));
        Assert.Equal(shorts.Count, end.OpenOrders().Count);
        end.BooksAgree();
        await AssertSayingItTwiceChangesNothing(run);
    }

    [Fact]
    public async Task An_everyday_landscape_settles_with_a_problem_for_every_role()
    {
        await using var run = await LandscapeRun.StartAsync(new LandscapeOptions { Scenario = "everyday", Orders = Orders });

        await run.SettledAsync();

        string[] expected = ["LOT_SERIAL_INVALID", "TAX_REJECTED", "POD_MISSING", "PICK_SHORT", "PROMISE_OVERDUE"];
        await run.EventuallyAsync(state => expected.All(reason => Count(state, reason) > 0));
        var end = await EndState.OfAsync(run);
        Assert.Contains(end.Transactions, t => EndState.Text(t, "health") == "held");
        Assert.Equal(Orders, end.Count("posted") + end.OpenOrders().Count);
        end.BooksAgree();
        await AssertSayingItTwiceChangesNothing(run);
    }

    private static async Task AssertSayingItTwiceChangesNothing(LandscapeRun run)
    {
        var once = (await EndState.OfAsync(run)).Fingerprint();
        Assert.True(await run.SayEverythingAgainAsync() > Orders);
        await run.QuietAsync();
        Assert.Equal(once, (await EndState.OfAsync(run)).Fingerprint());
    }
}

/// <summary>
/// One landscape after the other: scenarios here, complete journeys in the other collection, so that two cores run two
/// at most.
/// </summary>
[CollectionDefinition(nameof(LandscapeCollection))]
public sealed class LandscapeCollection;

/// <summary>Journeys, kills, nodes and the real orders.</summary>
[CollectionDefinition(nameof(StoryCollection))]
public sealed class StoryCollection;
