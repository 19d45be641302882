using Bunit;
using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Web.Features.Tower;
using ControlTower.Web.Tests.Transactions;
using Microsoft.Extensions.DependencyInjection;
using static ControlTower.Web.Tests.Tower.TowerSamples;

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
        _looker.Answer(Snapshot(needAttention: 1));

        var page = _stage.Render<TowerPage>();

        page.WaitForAssertion(() => page.Find("a[href='/transactions?stage=shipped'] strong").TextContent.ShouldBe("3"));
        page.Find("a[href='/transactions?stage=shipped&needsAttention=true']").TextContent.ShouldContain("1 needs attention");
    }

    [Fact]
    public void Each_stage_shows_how_many_came_to_it_by_hour_within_the_link_to_its_list()
    {
        _looker.Answer(Snapshot(shipped: 3, needAttention: 1));

        var page = _stage.Render<TowerPage>();

        page.WaitForAssertion(() => page.Find("a[href='/transactions?stage=shipped'] svg[role=img]").GetAttribute("aria-label")
            .ShouldBe("Orders that came to Shipped, by hour: 2/h in this hour, at most 5/h at 2 Mar 11:00 UTC"));
        page.FindAll("li.stage svg[role=img]").Count.ShouldBe(Enum.GetValues<TransactionStage>().Length);
    }

    [Fact]
    public void The_most_urgent_case_is_named_with_its_money_the_time_left_and_what_to_do()
    {
        _looker.Answer(Snapshot(Quiet with { First = [Case(9, 1234.5m)] }));

        var page = _stage.Render<TowerPage>();

        page.WaitForAssertion(() => Row(page, "case-9").TextContent.ShouldContain("No proof of delivery for SH-9, 3 days (SO-9)"));
        Row(page, "case-9").TextContent.ShouldContain("2 h left");
        Row(page, "case-9").TextContent.ShouldContain("1,234.50 USD");
        Row(page, "case-9").TextContent.ShouldContain("Logistics, nobody has taken it");
        Row(page, "case-9").QuerySelector("a[href='exceptions/9']")!.TextContent.ShouldBe("Open the exception");
        page.Find(".formula").TextContent.ShouldContain("money ÷ hours left");
    }

    [Fact]
    public void The_list_comes_before_the_stages()
    {
        _looker.Answer(Snapshot());

        var page = _stage.Render<TowerPage>();

        page.WaitForAssertion(() => page.FindAll("h2").Select(title => title.TextContent)
            .ShouldBe(["Needs you", "Orders by stage", "Key figures", "Systems"]));
    }

    [Fact]
    public void An_empty_list_of_needs_is_a_success()
    {
        _looker.Answer(Snapshot());

        var page = _stage.Render<TowerPage>();

        page.WaitForAssertion(() => page.Markup.ShouldContain("Nothing waits for you."));
        page.FindAll("[data-need]").ShouldBeEmpty();
    }

    [Fact]
    public async Task The_number_of_exceptions_names_its_team_and_opens_its_queue()
    {
        await using var stage = Stage(Person(TowerRoles.LogisticsCoordinator));
        _looker.Answer(Snapshot(Quiet with { Queues = [Queue(Teams.Logistics, 4)] }));

        var page = stage.Render<TowerPage>();

        page.WaitForAssertion(() => Row(page, "queue-logistics").TextContent.ShouldContain("4 exceptions are open"));
        Row(page, "queue-logistics").TextContent.ShouldContain("Logistics");
        Row(page, "queue-logistics").QuerySelector("a")!.GetAttribute("href").ShouldBe("exceptions?team=logistics");
    }

    [Fact]
    public void A_release_that_waits_is_shown_although_no_exception_waits()
    {
        _looker.Answer(Snapshot(Quiet with { Waiting = [Request(10), Request(20)] }));

        var page = _stage.Render<TowerPage>();

        page.WaitForAssertion(() => page.Markup.ShouldContain("2 releases wait for somebody else"));
        page.Markup.ShouldNotContain("Nothing waits for you.");
    }

    [Fact]
    public void Money_that_is_held_or_waived_is_shown_without_a_green_tick()
    {
        _looker.Answer(Snapshot(Quiet with
        {
            Held = new(3, [new("USD", 10)], ["finance"]),
            Waived = [new(Teams.Warehouse, 2, 0, null, [new("USD", 7981.14m)])],
        }));

        var page = _stage.Render<TowerPage>();

        page.WaitForAssertion(() => Row(page, "held").TextContent.ShouldContain("3 orders are held"));
        Row(page, "waived-warehouse").TextContent.ShouldContain("2 waived exceptions keep money at risk");
        Row(page, "waived-warehouse").TextContent.ShouldContain("7,981.14 USD");
        page.Find("[aria-labelledby=needs-title]").InnerHtml.ShouldNotContain("check_circle");
        page.Markup.ShouldNotContain("Nothing waits");
    }

    [Fact]
    public async Task Nobody_has_a_link_to_a_page_that_they_may_not_see()
    {
        await using var stage = Stage(Person(TowerRoles.FinanceApprover));
        _looker.Answer(Snapshot(systems: [Connector("wms", ConnectorHealth.Down), Connector("erp", paused: true)]));

        var page = stage.Render<TowerPage>();

        page.WaitForAssertion(() => Row(page, "system-wms").TextContent.ShouldContain("wms cannot be reached"));
        page.FindAll("a[href^='connectors']").ShouldBeEmpty();
    }

    [Fact]
    public async Task An_operator_resumes_a_paused_system_in_its_row()
    {
        await using var stage = Stage(Person(TowerRoles.IntegrationOperator));
        _looker.Answer(Snapshot(systems: Connector("erp", paused: true)));

        var page = stage.Render<TowerPage>();

        page.WaitForAssertion(() => Row(page, "system-erp").QuerySelector("button")!.TextContent.ShouldContain("Resume erp"));
    }

    [Fact]
    public void Systems_are_listed_worst_first()
    {
        _looker.Answer(Snapshot(systems:
            [Connector("billing"), Connector("erp", paused: true), Connector("tms"), Connector("wms", ConnectorHealth.Down)]));

        var page = _stage.Render<TowerPage>();

        page.WaitForAssertion(() => page.FindAll(".system-name").Select(name => name.TextContent)
            .ShouldBe(["wms", "erp", "billing", "tms"]));
    }

    [Fact]
    public void No_number_of_a_row_is_on_the_page_twice()
    {
        _looker.Answer(Snapshot(
            Quiet with
            {
                Queues = [Queue(Teams.Warehouse, 411, 322, 5_433)],
                Late = new(177, [new("USD", 8_844)], PageHost.Now.AddDays(-1)),
                Held = new(255, [new("USD", 9_966)], ["finance"]),
            },
            systems: Connector("erp", paused: true, waiting: 688)));

        var page = _stage.Render<TowerPage>();

        page.WaitForAssertion(() => page.Markup.ShouldContain("411 exceptions"));
        var text = TextOf(page);
        foreach (var number in new[] { "411", "322", "5,433", "177", "8,844", "255", "9,966", "688" })
        {
            text.Split(number).Length.ShouldBe(2, number);
        }
    }

    [Fact]
    public void Without_an_order_it_explains_where_orders_come_from()
    {
        _looker.Answer(Snapshot(shipped: 0));

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

        _looker.Answer(Snapshot());

        first.WaitForAssertion(() => first.Markup.ShouldContain("3 orders on their way"));
        second.WaitForAssertion(() => second.Markup.ShouldContain("3 orders on their way"));
        _looker.Looks.ShouldBe(1);
    }

    [Fact]
    public void A_median_is_shown_next_to_that_of_the_previous_cohort()
    {
        var durations = Enumerable.Repeat(TimeSpan.FromHours(2), TowerFigures.Cohort)
            .Append(TimeSpan.FromHours(6))
            .Append(TimeSpan.FromHours(8)).ToList();

        TowerFigures.Median(durations).ShouldBe(new Trend<TimeSpan>(TimeSpan.FromHours(2), TimeSpan.FromHours(7), TowerFigures.Cohort));
    }

    private PageHost Stage(Actor viewer) => new(viewer, services => services
        .AddSingleton<ITowerReader>(_looker).AddSingleton<TowerSnapshots>()
        .AddSingleton(new ConnectorControl(null!, null!, null!, null!, null!, null!, null!)));

    private static AngleSharp.Dom.IElement Row(IRenderedComponent<TowerPage> page, string key) => page.Find($"[data-need='{key}']");

    /// <summary>What a reader sees: without explanations that appear on hover.</summary>
    private static string TextOf(IRenderedComponent<TowerPage> page) =>
        string.Join(' ', page.FindAll("section").Select(section => section.TextContent));

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
