using ControlTower.Core.Cases;
using ControlTower.Core.Engine;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Outbox;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.EndToEnd.Tests.Engine;
using ControlTower.EndToEnd.Tests.Landscape;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Outbox;

/// <summary>
/// Commands that no connector takes: one case with their count, and they are sent by themselves once one takes them.
/// </summary>
public sealed class RoutingGapTests : IAsyncLifetime
{
    private const int Orders = 300;
    private BookkeepingPartner _partner = null!;
    private OutboxTestHost _room = null!;

    public async ValueTask InitializeAsync()
    {
        _partner = await BookkeepingPartner.StartAsync();
        _room = await OutboxTestHost.OpenAsync();
        await _room.RegisterAsync("erp", Roles.Erp, _partner.BaseUrl, ""","sites":["S9"]""");
    }

    public async ValueTask DisposeAsync()
    {
        await _room.DisposeAsync();
        await _partner.DisposeAsync();
    }

    [Fact]
    public async Task Many_orders_in_one_gap_are_one_case_with_the_count_which_closes_itself_when_all_are_sent()
    {
        await AcceptAsync(Orders);

        await _room.StartAsync();
        await Eventually.AsyncIs(
            async () => await CaseAsync() is { State: CaseState.Open, WaitingCommands: Orders }, () => "No case has the count.");
        var about = (await CaseAsync())!;
        (about.Team, about.LegalEntity, about.Site).ShouldBe((Teams.Integration, "1000", "S1"));
        about.Message.ShouldBe(
            $"{Orders} release-fulfilment commands wait: no connector takes release-fulfilment for site S1, legal entity 1000.");
        (await _room.ReadAsync(db => db.Cases.CountAsync())).ShouldBe(1);
        (await _room.ReadAsync(db => db.Transactions.CountAsync(t => t.Health == TransactionHealth.Attention))).ShouldBe(Orders);

        await _room.RegisterAsync("wms", Roles.Wms, _partner.BaseUrl, ""","sites":["S1"]""");

        await _room.SettleAsync("wms", CommandState.Accepted, Orders);
        await Eventually.AsyncIs(
            async () => await CaseAsync() is { State: CaseState.Resolved, WaitingCommands: 0 }, () => "The case did not close itself.");
        (await _room.ReadAsync(db => db.Cases.CountAsync())).ShouldBe(1);
        _partner.Effects.Count(key =>
            key.StartsWith("release-fulfilment:", StringComparison.Ordinal) && key.EndsWith("/1", StringComparison.Ordinal))
            .ShouldBe(Orders);
    }

    [Fact]
    public async Task A_command_that_is_no_longer_wanted_is_removed_from_the_count()
    {
        await AcceptAsync(2);
        await _room.Get<UnroutedSweep>().SweepNowAsync(CancellationToken.None);
        (await CaseAsync())!.WaitingCommands.ShouldBe(2);

        await SayAsync(Events.From(
            "order.cancelled", "G-1", new { references = new { order = "G-1" }, reason = "no longer needed" }, minute: 5));
        await _room.Get<UnroutedSweep>().SweepNowAsync(CancellationToken.None);

        (await CaseAsync())!.WaitingCommands.ShouldBe(1);
        (await _room.CommandAsync("release-fulfilment:G-1:S1/1")).State.ShouldBe(CommandState.Withdrawn);
    }

    [Fact]
    public async Task Two_nodes_that_find_one_gap_open_one_case_and_a_person_cannot_waive_it()
    {
        await AcceptAsync(1);
        await using var other = _room.Beside();

        await Task.WhenAll(_room.Get<UnroutedSweep>().SweepNowAsync(CancellationToken.None),
            other.Get<UnroutedSweep>().SweepNowAsync(CancellationToken.None));

        var about = (await CaseAsync())!;
        var refused = await _room.Get<CaseService>()
            .WaiveAsync(about.Id, "we know", new Actor(1, "op", Actor.Person, [TowerRoles.IntegrationOperator], [], [], null));
        refused.Refusal!.Message.ShouldContain("closes by itself when a connector takes what waits");
    }

    [Fact]
    public async Task An_erp_limited_to_a_site_takes_the_status_of_an_order_as_a_whole()
    {
        await _room.RegisterAsync("wms", Roles.Wms, _partner.BaseUrl);
        await _room.StartAsync();

        await AcceptAsync(1);
        await _room.SettleAsync("wms", CommandState.Accepted, 1);
        await _room.Get<EngineWorker>().RunUntilQuietAsync();

        await Eventually.AsyncIs(
            () =>
                _room.ReadAsync(db =>
                    db.Commands.AnyAsync(c =>
                        c.Kind == CommandKinds.UpdateOrderStatus && c.Connector == "erp" && c.State == CommandState.Accepted)),
            () => "The status was not sent.");
        (await _room.ReadAsync(db => db.Cases.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Commands_for_a_connector_that_no_longer_takes_them_go_to_the_one_that_does()
    {
        await _room.RegisterAsync("wms", Roles.Wms, _partner.BaseUrl);
        await AcceptAsync(3);
        (await _room.ReadAsync(db => db.Commands.CountAsync(c => c.Connector == "wms" && c.State == CommandState.Pending))).ShouldBe(3);

        await _room.RegisterAsync("wms", Roles.Wms, _partner.BaseUrl, ""","takes":["cancel-fulfilment"]""");
        await _room.Get<UnroutedSweep>().SweepNowAsync(CancellationToken.None);
        (await CaseAsync())!.WaitingCommands.ShouldBe(3);
        await _room.RegisterAsync("other", Roles.Wms, _partner.BaseUrl, ""","takes":["release-fulfilment"]""");
        await _room.StartAsync();

        await _room.SettleAsync("other", CommandState.Accepted, 3);
        _partner.Asked.Values.ShouldAllBe(asked => asked == 1);
    }

    private Task AcceptAsync(int orders) => SayAsync([.. Enumerable.Range(1, orders).Select(i => Events.Order($"G-{i}"))]);

    private async Task SayAsync(params string[] events)
    {
        await _room.Get<InboxAcceptor>().AcceptAsync("erp", [.. events.Select(EngineTestHost.Incoming)]);
        await _room.Get<EngineWorker>().RunUntilQuietAsync();
    }

    private Task<ExceptionCase?> CaseAsync() =>
        _room.ReadAsync(db => db.Cases.AsNoTracking().SingleOrDefaultAsync(c => c.ReasonCode == ReasonCodes.Unroutable));
}
