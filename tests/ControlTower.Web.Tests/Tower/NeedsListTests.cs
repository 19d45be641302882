using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Web.Features.Connectors;
using ControlTower.Web.Features.Tower;
using ControlTower.Web.Features.Tower.Needs;
using ControlTower.Web.Shared;
using ControlTower.Web.Tests.Transactions;
using static ControlTower.Web.Tests.Tower.TowerSamples;

namespace ControlTower.Web.Tests.Tower;

/// <summary>What the list "Needs you" has for whom, and in which order.</summary>
public sealed class NeedsListTests
{
    private static readonly HeldMoney Held = new(17, [new("USD", 17_600m), new("EUR", 20m)], ["finance", "erp"]);

    [Fact]
    public void Zero_is_quiet() => Rows(Snapshot(Quiet), TowerRoles.Auditor).ShouldBeEmpty();

    [Theory]
    [InlineData(TowerRoles.WarehouseSupervisor)]
    [InlineData(TowerRoles.LogisticsCoordinator)]
    [InlineData(TowerRoles.FinanceApprover)]
    [InlineData(TowerRoles.IntegrationOperator)]
    [InlineData(TowerRoles.Administrator)]
    [InlineData(TowerRoles.Auditor)]
    public void Held_money_is_a_row_for_every_role_with_its_owners_and_each_currency(string role)
    {
        var row = Rows(Snapshot(Quiet with { Held = Held }), role).ShouldHaveSingleItem();

        row.Text.ShouldBe("17 orders are held");
        row.Money.ShouldBe(Held.Amounts);
        row.Owner.ShouldBe("Finance, Erp");
        row.Action.ShouldBe(new NeedAction("See the orders", "/transactions?held=true"));
    }

    [Theory]
    [InlineData(ConnectorHealth.Down, false, "Down", "wms cannot be reached; 12 commands wait for it")]
    [InlineData(ConnectorHealth.Unauthorised, false, "Unauthorised", "wms refuses the tower's credentials; 12 commands wait for it")]
    [InlineData(ConnectorHealth.Degraded, false, "Degraded", "wms answers slowly or fails in part; 12 commands wait for it")]
    [InlineData(ConnectorHealth.Healthy, true, "Paused", "wms is paused; 12 commands wait for it")]
    public void A_system_in_trouble_is_a_row_in_the_words_of_its_page(ConnectorHealth health, bool paused, string word, string text)
    {
        var row = Rows(Snapshot(null, systems: Connector("wms", health, paused, waiting: 12)), TowerRoles.Auditor).ShouldHaveSingleItem();

        (row.Look.Text, row.Text).ShouldBe((word, text));
        row.Action.ShouldBe(new NeedAction("Open wms", "connectors/wms"));
    }

    [Fact]
    public void A_paused_system_names_the_reason()
    {
        var paused = Connector("erp", paused: true) with { PausedReason = "Maintenance until 14:00." };

        Rows(Snapshot(null, systems: paused), TowerRoles.Auditor).Single().Text.ShouldBe("erp is paused: Maintenance until 14:00");
    }

    [Fact]
    public void A_system_that_was_heard_and_then_not_for_longer_than_usual_is_silent()
    {
        var limit = SystemState.SilentAfter;
        var never = Connector("never") with { LastReportAt = null };
        var slow = Connector("slow", heard: limit * 2) with { PollSeconds = (int)limit.TotalSeconds };

        var rows = Rows(
            Snapshot(null, 3, 0, Connector("erp", heard: limit), Connector("wms", heard: limit + TimeSpan.FromMinutes(5)), never, slow),
            TowerRoles.Auditor);

        var row = rows.ShouldHaveSingleItem();
        (row.Look.Text, row.Text).ShouldBe(("Silent", "wms has not reported for 1 h 5 min (system time)"));
    }

    [Fact]
    public void A_system_that_should_report_and_never_did_is_silent_from_its_registration_on()
    {
        var registered = Connector("erp") with { LastReportAt = null, LastSent = PageHost.Now, RegisteredAt = PageHost.Now.AddHours(-3) };
        var recent = registered with { Name = "wms", RegisteredAt = PageHost.Now.AddMinutes(-5) };

        var row = Rows(Snapshot(null, systems: [registered, recent]), TowerRoles.IntegrationOperator).ShouldHaveSingleItem();

        (row.Look.Text, row.Text).ShouldBe(("Silent", "erp has not reported since it was registered 3 h ago (system time)"));
    }

    [Fact]
    public void A_system_that_the_viewer_can_neither_open_nor_resume_comes_after_their_own_work()
    {
        var snapshot = Snapshot(Quiet with { First = [Case(1, 10, team: Teams.Finance)] }, systems: Connector("wms", ConnectorHealth.Down));

        Rows(snapshot, TowerRoles.FinanceApprover).Select(row => row.Key).ShouldBe(["case-1", "system-wms"]);
        Rows(snapshot, TowerRoles.IntegrationOperator).Select(row => row.Key).ShouldBe(["system-wms", "case-1"]);
    }

    [Theory]
    [InlineData(TowerRoles.LogisticsCoordinator, "Open")]
    [InlineData(TowerRoles.Administrator, "See")]
    [InlineData(TowerRoles.Auditor, "See")]
    public void Who_works_no_queue_sees_exceptions_and_opens_none(string role, string verb)
    {
        var needs = Quiet with
        {
            Queues = [Queue(null, 2)],
            First = [Case(1, 500)],
            Waived = [new(null, 2, 0, null, [new("USD", 79.81m)])],
        };

        Rows(Snapshot(needs), role).Select(row => row.Action!.Verb)
            .ShouldBe([$"{verb} the exception", $"{verb} the exceptions", $"{verb} the exceptions"], ignoreOrder: true);
    }

    [Fact]
    public void Who_operates_connectors_can_resume_who_sees_them_can_open_them_and_others_read_a_plain_fact()
    {
        var snapshot = Snapshot(null, systems: Connector("erp", paused: true));

        Rows(snapshot, TowerRoles.IntegrationOperator).Single().Action.ShouldBe(new NeedAction("Resume erp", null, "erp"));
        Rows(snapshot, TowerRoles.Administrator).Single().Action.ShouldBe(new NeedAction("Resume erp", null, "erp"));
        Rows(snapshot, TowerRoles.LogisticsCoordinator).Single().Action.ShouldBe(new NeedAction("Open erp", "connectors/erp"));
        Rows(snapshot, TowerRoles.FinanceApprover).Single().Action.ShouldBeNull();
    }

    [Fact]
    public void An_approver_decides_within_their_limit_on_what_others_requested()
    {
        var needs = Quiet with { Waiting = [Request(900), Request(1_001), Request(800, requestedBy: 1), Request(50, currency: "XXX")] };
        var small = NeedsList.From(Snapshot(needs), Person(TowerRoles.FinanceApprover, 1_000));
        var great = NeedsList.From(Snapshot(needs), Person(TowerRoles.FinanceApprover, 100_000, id: 2));

        small[0].Text.ShouldBe("1 release waits for your decision");
        small[0].Money.ShouldBe([new Sum("USD", 900)]);
        small[0].Action.ShouldBe(new NeedAction("Decide", "approvals"));
        small[1].Text.ShouldBe("3 releases wait for somebody else's decision: over your limit, or requested by you");
        great[0].Text.ShouldBe("3 releases wait for your decision");
        great[0].Money.ShouldBe([new Sum("USD", 2_701)]);
    }

    [Fact]
    public void What_somebody_else_decides_comes_last_whatever_its_money_is()
    {
        var needs = Quiet with { Waiting = [Request(90_000)], Held = new(1, [new("USD", 1)], ["finance"]) };

        var rows = Rows(Snapshot(needs), TowerRoles.WarehouseSupervisor);

        rows.Select(row => row.Kind).ShouldBe([NeedKind.Held, NeedKind.ApprovalOfOthers]);
        rows[1].Action.ShouldBe(new NeedAction("See the approvals", "approvals"));
    }

    [Fact]
    public void Orders_past_their_promise_and_at_risk_open_their_lists()
    {
        var needs = Quiet with
        {
            Late = new(2, [new("USD", 500)], PageHost.Now.AddDays(-1)),
            AtRisk = new(1, [new("USD", 70)], PageHost.Now.AddHours(5)),
        };

        var rows = Rows(Snapshot(needs), TowerRoles.LogisticsCoordinator);

        rows.Select(row => row.Text).ShouldBe(
            ["2 orders are past their promise and are not delivered", "1 order is estimated to miss its promise"]);
        rows[0].Action!.Href.ShouldBe("/transactions?late=true&undelivered=true");
        rows[1].Action!.Href.ShouldBe("/transactions?atRisk=true&open=true");
    }

    [Fact]
    public void A_queue_opens_its_list_and_is_left_out_where_all_of_its_cases_are_shown()
    {
        var needs = Quiet with
        {
            Queues = [Queue(Teams.Warehouse, 5, 2, 900), Queue(Teams.Inventory, 2, amount: 50)],
            First = [Case(1, 500, -1, Teams.Warehouse), Case(2, 30, 2, Teams.Inventory), Case(3, 20, 3, Teams.Inventory)],
        };

        var rows = Rows(Snapshot(needs), TowerRoles.WarehouseSupervisor);

        var queue = rows.Single(row => row.Kind == NeedKind.Exceptions);
        queue.Text.ShouldBe("5 exceptions are open, 2 overdue");
        queue.Action.ShouldBe(new NeedAction("Open the exceptions", "exceptions?team=warehouse"));
        rows.Count(row => row.Kind == NeedKind.Exception).ShouldBe(3);
    }

    [Fact]
    public void Waived_cases_are_a_row_only_while_they_keep_money()
    {
        var needs = Quiet with { Waived = [new(Teams.Finance, 2, 0, null, [new("USD", 79.81m)]), new(Teams.Tax, 3, 0, null, [])] };

        var row = Rows(Snapshot(needs), TowerRoles.FinanceApprover).ShouldHaveSingleItem();

        row.Text.ShouldBe("2 waived exceptions keep money at risk");
        row.Action!.Href.ShouldBe("exceptions?state=waived&team=finance");
    }

    [Fact]
    public void Overdue_and_money_come_first_and_a_system_that_is_down_outranks_small_money()
    {
        var needs = Quiet with
        {
            First = [Case(1, 5_000, -1), Case(2, 50_000, -1), Case(3, 50_000, 48), Case(4)],
            Held = Held,
        };

        var systems = new[] { Connector("wms", ConnectorHealth.Down), Connector("erp", heard: TimeSpan.FromHours(2)) };

        Rows(Snapshot(needs, systems: systems), TowerRoles.Auditor).Select(row => row.Key)
            .ShouldBe(["case-2", "system-wms", "case-1", "case-3", "held", "system-erp", "case-4"]);
    }

    [Fact]
    public void Of_equally_urgent_rows_the_kind_decides()
    {
        var needs = Quiet with { First = [Case(1, 1_000, -1)] };

        Rows(Snapshot(needs, systems: Connector("wms", ConnectorHealth.Degraded)), TowerRoles.Auditor)
            .Select(row => row.Kind).ShouldBe([NeedKind.System, NeedKind.Exception]);
    }

    [Theory]
    [InlineData(100, 4, 100, 2)]
    [InlineData(100, 4, 300, 4)]
    [InlineData(100, 4, 100, -1)]
    public void More_money_or_less_time_is_more_urgent(int less, int lessHours, int more, int moreHours) =>
        Urgency.For(more, PageHost.Now.AddHours(moreHours), PageHost.Now)
            .ShouldBeGreaterThan(Urgency.For(less, PageHost.Now.AddHours(lessHours), PageHost.Now));

    private static IReadOnlyList<Need> Rows(TowerSnapshot snapshot, string role) => NeedsList.From(snapshot, Person(role));
}
