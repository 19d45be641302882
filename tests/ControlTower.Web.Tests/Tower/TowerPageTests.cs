using Bunit;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Web.Features.Tower;
using ControlTower.Web.Tests.Transactions;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Web.Tests.Tower;

/// <summary>
/// The Tower page: its states, that each number opens what it counts, and that one snapshot serves all viewers.
/// </summary>
public sealed class TowerPageTests : IAsyncDisposable
{
    private readonly CountingReader _looker = new();
    private readonly PageHost _stage;

    public TowerPageTests() =>
        _stage = new PageHost(add: services => services.AddSingleton<ITowerReader>(_looker).AddSingleton<TowerSnapshots>());

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public void Before_the_first_snapshot_it_shows_that_it_loads()
    {
        _stage.Render<TowerPage>().Find("[role=status].skeleton").TextContent.ShouldContain("Looking at the tower");
    }

    [Fact]
    public void Each_stage_opens_the_list_it_counts()
    {
        _looker.Answer(Snapshot(shipped: 3, troubled: 1));

        var page = _stage.Render<TowerPage>();

        page.WaitForAssertion(() => page.Find("a[href='/transactions?stage=shipped'] strong").TextContent.ShouldBe("3"));
        page.Find("a[href='/transactions?stage=shipped&troubled=true']").TextContent.ShouldContain("1 troubled");
        page.Find("a[href='/transactions?held=true']").TextContent.ShouldContain("orders held");
    }

    [Fact]
    public void The_most_urgent_case_is_named_with_its_money_and_the_time_left()
    {
        _looker.Answer(Snapshot(3, 1, new UrgentCase(
            9, "POD_MISSING", "logistics", "No proof of delivery for SH-1, 3 days", "erp:SO-1", 1234.5m, "USD", PageHost.Now.AddHours(2),
            null)));

        var page = _stage.Render<TowerPage>();

        page.WaitForAssertion(() => page.Find("a[href='exceptions/9']").TextContent.ShouldContain("No proof of delivery for SH-1, 3 days"));
        page.Find("a[href='exceptions/9']").TextContent.ShouldContain("2 h left");
        page.Find("a[href='exceptions/9']").TextContent.ShouldContain("1,234.50 USD");
        page.Find(".formula").TextContent.ShouldContain("money at risk ÷ hours left");
    }

    [Fact]
    public void An_empty_list_of_needs_is_a_success()
    {
        _looker.Answer(Snapshot(3, 0));

        var page = _stage.Render<TowerPage>();

        page.WaitForAssertion(() => page.Markup.ShouldContain("Nothing waits for you."));
    }

    [Fact]
    public async Task The_number_of_exceptions_names_its_team_and_opens_its_queue()
    {
        var coordinator = new Actor(3, "coordinator", Actor.Person, [TowerRoles.LogisticsCoordinator], [], [], null);
        await using var stage = new PageHost(
            coordinator, services => services.AddSingleton<ITowerReader>(_looker).AddSingleton<TowerSnapshots>());
        _looker.Answer(Snapshot(3, 0));

        var page = stage.Render<TowerPage>();

        page.WaitForAssertion(() =>
            page.Find("a.tile[href='exceptions?team=logistics']").TextContent.ShouldContain("exceptions for your team"));
    }

    [Fact]
    public void A_release_that_waits_is_shown_although_no_exception_waits()
    {
        var snapshot = Snapshot(3, 0);
        _looker.Answer(snapshot with { Needs = snapshot.Needs with { Approvals = 2 } });

        var page = _stage.Render<TowerPage>();

        page.WaitForAssertion(() => page.Markup.ShouldContain("No exception waits for you."));
        page.Markup.ShouldNotContain("Nothing waits for you.");
    }

    [Fact]
    public void Money_that_is_held_or_waived_is_shown_without_a_green_tick()
    {
        var snapshot = Snapshot(3, 0);
        _looker.Answer(snapshot with { Needs = snapshot.Needs with { Waived = 2, WaivedAmounts = [new("USD", 7981.14m)] } });

        var page = _stage.Render<TowerPage>();

        page.WaitForAssertion(() => page.Find("a.tile[href*='state=waived']").TextContent.ShouldContain("exceptions waived"));
        page.Find("a.tile[href*='state=waived']").TextContent.ShouldContain("still at risk");
        page.Find(".needs .nothing, p.nothing").TextContent.ShouldNotContain("check_circle");
    }

    [Fact]
    public void Without_an_order_it_explains_where_orders_come_from()
    {
        _looker.Answer(Snapshot(0, 0));

        var page = _stage.Render<TowerPage>();

        page.WaitForAssertion(() => page.Markup.ShouldContain("Orders appear here as soon as the ERP reports them."));
    }

    [Fact]
    public void A_snapshot_that_failed_is_shown_as_an_error()
    {
        _looker.Fail();

        var page = _stage.Render<TowerPage>();

        page.WaitForAssertion(() => page.Find("[role=alert]").TextContent.ShouldContain("could not be read just now"));
    }

    [Fact]
    public void Viewers_of_the_same_scope_share_one_snapshot()
    {
        var first = _stage.Render<TowerPage>();
        var second = _stage.Render<TowerPage>();

        _looker.Answer(Snapshot(3, 0));

        first.WaitForAssertion(() => first.Markup.ShouldContain("3 orders on their way"));
        second.WaitForAssertion(() => second.Markup.ShouldContain("3 orders on their way"));
        _looker.Looks.ShouldBe(1);
    }

    [Theory]
    [InlineData(100, 4, 100, 2)]
    [InlineData(100, 4, 300, 4)]
    [InlineData(100, 4, 100, -1)]
    public void More_money_or_less_time_is_more_urgent(int less, int lessHours, int more, int moreHours)
    {
        Urgency.For(more, PageHost.Now.AddHours(moreHours), PageHost.Now)
            .ShouldBeGreaterThan(Urgency.For(less, PageHost.Now.AddHours(lessHours), PageHost.Now));
    }

    [Fact]
    public void Orders_that_miss_their_promise_are_counted_and_listed()
    {
        _looker.Answer(Snapshot(1, 0));

        var page = _stage.Render<TowerPage>();

        page.WaitForAssertion(() => page.Markup.ShouldContain("Late on their way"));
        page.Find("a[href='/transactions?late=true&open=true']").TextContent.ShouldBe("late");
        page.Find("a[href='/transactions?atRisk=true&open=true']").TextContent.ShouldBe("2 at risk");
    }

    [Fact]
    public void A_median_is_shown_next_to_that_of_the_previous_cohort()
    {
        var durations = Enumerable.Repeat(TimeSpan.FromHours(2), TowerFigures.Cohort)
            .Append(TimeSpan.FromHours(6))
            .Append(TimeSpan.FromHours(8)).ToList();

        TowerFigures.Median(durations).ShouldBe(new Trend<TimeSpan>(TimeSpan.FromHours(2), TimeSpan.FromHours(7), TowerFigures.Cohort));
    }

    private static TowerSnapshot Snapshot(int shipped, int troubled, params UrgentCase[] first) => new(
        PageHost.Now,
        PageHost.Now,
        [.. Enum.GetValues<TransactionStage>().Select(stage => stage == TransactionStage.Shipped
            ? new StageFlow(stage, shipped, troubled, [new("USD", 1234.5m)])
            : new StageFlow(stage, 0, 0, []))],
        new(first.Length, 0, [], 0, [], 0, [], 0, [], first),
        [new("erp", "erp", ConnectorHealth.Healthy, false, PageHost.Now, null, null, 0)],
        new(new(null, null, 0), new(null, null, 0), new(3, 2), [], [], [], [], []));

    private sealed class CountingReader : ITowerReader
    {
        private readonly TaskCompletionSource<TowerSnapshot> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _looks;

        public int Looks => _looks;

        public void Answer(TowerSnapshot snapshot) => _answer.SetResult(snapshot);

        public void Fail() => _answer.SetException(new TimeoutException());

        public Task<TowerSnapshot> ReadAsync(TowerView view, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _looks);
            return _answer.Task;
        }
    }
}
