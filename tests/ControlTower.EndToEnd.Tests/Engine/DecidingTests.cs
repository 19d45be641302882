using System.Text.Json;
using ControlTower.Core.Administration;
using ControlTower.Core.Cases;
using ControlTower.Core.Engine;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Audit;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Policies;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Engine;

/// <summary>The engine writes the difference between what Decide wants and what exists.</summary>
public class DecidingTests
{
    private const string Release = "release-fulfilment:SO-1:S1";

    [Fact]
    public async Task An_accepted_order_sends_one_release_to_its_warehouse()
    {
        await using var room = await EngineTestHost.OpenAsync();

        await room.SayAsync("erp", Events.Order("SO-1"));
        await room.SayAsync("erp", Events.Order("SO-1", sequence: 2, milestone: "order.changed"));

        var command = (await CommandsAsync(room)).ShouldHaveSingleItem();
        command.Key.ShouldBe($"{Release}/1");
        command.Connector.ShouldBe("wms");
        using var body = JsonDocument.Parse(command.Body);
        body.RootElement.GetProperty("id").GetString().ShouldBe(command.Key);
        body.RootElement.GetProperty("type").GetString().ShouldBe("tower.command.release-fulfilment.v1");
        command.TraceParent.ShouldContain((await room.OrderAsync("erp:SO-1"))!.CorrelationId);
        (await room.ReadAsync(db =>
            db.Audit.AnyAsync(a => a.Act == "command.wanted" && a.ObjectKey == command.Key && a.TransactionKey == "erp:SO-1")))
            .ShouldBeTrue();
    }

    [Fact]
    public async Task A_command_without_an_attempt_is_withdrawn_when_other_content_is_wanted()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("erp", Events.Order("SO-1"));

        await room.SayAsync("erp", Events.Order("SO-1", sequence: 2, milestone: "order.changed", quantity: 3));

        var commands = await CommandsAsync(room);
        commands.Select(c => (c.Number, c.State)).ShouldBe([(1, CommandState.Withdrawn), (2, CommandState.Pending)]);
        (await room.ReadAsync(db => db.Audit.AnyAsync(a => a.Act == "command.withdrawn"))).ShouldBeTrue();
    }

    [Fact]
    public async Task A_command_that_a_sender_has_locked_is_not_withdrawn_until_it_is_decided_again()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("erp", Events.Order("SO-1"));
        await using (var sender = room.Tower.CreateDbContext())
        {
            await using var held = await sender.Database.BeginTransactionAsync();
            await sender.Database.ExecuteSqlRawAsync(TestedDatabase.Locking("outbox_command", "id > 0"));

            await room.SayAsync("erp", Events.Order("SO-1", sequence: 2, milestone: "order.changed", quantity: 3));

            (await CommandsAsync(room)).ShouldHaveSingleItem().State.ShouldBe(CommandState.Pending);
        }

        room.Clock.Move(TimeSpan.FromMinutes(1));
        await room.Get<ClockWorker>().RunCycleAsync();

        (await CommandsAsync(room)).Select(c => c.State).ShouldBe([CommandState.Withdrawn, CommandState.Pending]);
    }

    [Fact]
    public async Task A_completed_command_is_not_wanted_again_before_its_outcome_is_merged()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("erp", Events.Order("SO-1"));
        await room.ReadAsync(db =>
            db.Commands.ExecuteUpdateAsync(set => set.SetProperty(c => c.State, CommandState.Accepted).SetProperty(c => c.Attempts, 1)));

        await room.SayAsync("erp", Events.Order("SO-1", sequence: 2, milestone: "order.changed"));

        (await CommandsAsync(room)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_rejection_is_a_case_that_its_replay_reopens_or_closes()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("erp", Events.Order("SO-1"));
        await SettleAsync(room, CommandState.Rejected,
            c => InternalEvents.CommandRejected(c, "LOCATION_BLOCKED", "The location is blocked.", room.Clock.GetUtcNow()));
        var opened = await CaseAsync(room);
        opened.State.ShouldBe(CaseState.Open);
        opened.CommandId.ShouldNotBeNull();

        await room.ReadAsync(db =>
            db.Cases.ExecuteUpdateAsync(set => set.SetProperty(c => c.State, CaseState.Waiting).SetProperty(c => c.Assignee, "anna")));
        var first = (await CommandsAsync(room)).Single();
        await TellAsync(room, Roles.People, InternalEvents.CommandReplayed(Identity(first), 1, room.Clock.GetUtcNow(), "anna"));
        (await CommandsAsync(room)).Select(c => c.State).ShouldBe([CommandState.Rejected, CommandState.Pending]);
        await SettleAsync(room, CommandState.Rejected,
            c => InternalEvents.CommandRejected(c, "LOCATION_BLOCKED", "Still blocked.", room.Clock.GetUtcNow()));

        (await CaseAsync(room)).State.ShouldBe(CaseState.Assigned, "it is anna's again");
        var second = (await CommandsAsync(room)).Last();
        await TellAsync(room, Roles.People, InternalEvents.CommandReplayed(Identity(second), 1, room.Clock.GetUtcNow(), "anna"));
        await SettleAsync(room, CommandState.Accepted, c => InternalEvents.CommandAccepted(c, "F-1", null, room.Clock.GetUtcNow()));

        (await CaseAsync(room)).State.ShouldBe(CaseState.Resolved);
        (await CaseAsync(room)).ResolvedBy.ShouldBe("tower");
        (await CommandsAsync(room)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_waived_condition_stays_waived_while_it_continues_and_is_resolved_when_its_cause_is_gone()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("erp", Events.Order("SO-1"));
        await SettleAsync(room, CommandState.Rejected,
            c => InternalEvents.CommandRejected(c, "LOCATION_BLOCKED", "The location is blocked.", room.Clock.GetUtcNow()));
        await room.ReadAsync(db => db.Cases.ExecuteUpdateAsync(set => set.SetProperty(c => c.State, CaseState.Waived)
            .SetProperty(c => c.ResolvedBy, "anna")
            .SetProperty(c => c.ResolvedAt, room.Clock.GetUtcNow())
            .SetProperty(c => c.AmountAtRisk, 1)));

        await room.SayAsync("erp", Events.Order("SO-1", sequence: 2, milestone: "order.changed"));
        (await CaseAsync(room)).State.ShouldBe(CaseState.Waived);
        (await CaseAsync(room)).AmountAtRisk.ShouldNotBe(1, "the amount at risk follows the condition");

        var refused = (await CommandsAsync(room)).First(c => c.State == CommandState.Rejected);
        await TellAsync(room, Roles.People, InternalEvents.CommandReplayed(Identity(refused), 1, room.Clock.GetUtcNow(), "anna"));
        await SettleAsync(room, CommandState.Accepted, c => InternalEvents.CommandAccepted(c, "F-1", null, room.Clock.GetUtcNow()));
        var now = await CaseAsync(room);
        (now.State, now.ResolvedBy).ShouldBe((CaseState.Resolved, "tower"));
    }

    [Fact]
    public async Task The_number_that_a_target_gave_finds_the_order()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("erp", Events.Order("SO-1"));
        await SettleAsync(room, CommandState.Accepted, c => InternalEvents.CommandAccepted(c, "F-77", null, room.Clock.GetUtcNow()));

        await room.SayAsync("wms", Events.Picked("F-77", new { }));

        (await room.StatesAsync()).ShouldAllBe(state => state == InboxState.Applied);
    }

    [Fact]
    public async Task A_milestone_that_is_overdue_opens_a_condition_that_closes_itself()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("erp", Events.Order("SO-1"));
        await SettleAsync(room, CommandState.Accepted, c => InternalEvents.CommandAccepted(c, "F-1", null, room.Clock.GetUtcNow()));
        (await room.ReadAsync(db => db.Cases.CountAsync())).ShouldBe(0);

        room.Clock.Move(TimeSpan.FromHours(30));
        (await room.Get<ClockWorker>().RunCycleAsync()).ShouldBe(1);
        (await CaseAsync(room)).ReasonCode.ShouldBe(ReasonCodes.ExpectedMissing);
        (await room.Get<ClockWorker>().RunCycleAsync()).ShouldBe(0, "the next look lies ahead");
        await room.SayAsync("wms", Events.Picked("F-1", new { order = "SO-1" }));

        (await room.ReadAsync(db => db.Cases.Select(c => c.State).ToListAsync())).ShouldAllBe(state => state == CaseState.Resolved);
    }

    [Fact]
    public async Task A_clock_does_not_fire_ahead_of_a_message_that_still_waits()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("erp", Events.Order("SO-1"));
        await SettleAsync(room, CommandState.Accepted, c => InternalEvents.CommandAccepted(c, "F-1", null, room.Clock.GetUtcNow()));
        await room.AcceptAsync("wms", Events.Picked("F-1", new { order = "SO-1" }));
        room.Clock.Move(TimeSpan.FromHours(30));

        (await room.Get<ClockWorker>().RunCycleAsync()).ShouldBe(0, "the pick lies in the inbox since before the clock ran out");
        await room.Worker.RunUntilQuietAsync();

        (await room.ReadAsync(db => db.Cases.CountAsync(c => c.Message.Contains("allocat") || c.Message.Contains("pick")))).ShouldBe(0);
    }

    [Fact]
    public async Task A_changed_policy_is_audited_raises_the_version_and_has_orders_decided_again()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("erp", Events.Order("SO-1"));
        var before = (await room.OrderAsync("erp:SO-1"))!.PolicyVersion;

        await room.Get<PolicyChanges>().ChangeAsync(new BillingTriggerPolicy { RequirePickUp = false }, Actor.Tower, "Agreed with sales");
        room.Clock.Move(TimeSpan.FromSeconds(3));
        await room.Get<ClockWorker>().RunCycleAsync();

        (await room.OrderAsync("erp:SO-1"))!.PolicyVersion.ShouldBe(before + 1);
        var entry = await room.ReadAsync(db => db.Audit.SingleAsync(a => a.Act == "policy.changed" && a.Before != null));
        entry.Reason.ShouldBe("Agreed with sales");
    }

    [Fact]
    public async Task A_command_that_no_connector_takes_waits_without_a_target_and_opens_no_separate_case()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.ReadAsync(db => db.Connectors.Where(c => c.Name == "wms").ExecuteDeleteAsync());
        await room.RegisterAsync();
        await room.SayAsync("erp", Events.Order("SO-1"));

        var command = (await CommandsAsync(room)).ShouldHaveSingleItem();
        (command.State, command.Connector, command.Key).ShouldBe((CommandState.Unrouted, "", "release-fulfilment:SO-1:S1/1"));
        (await room.ReadAsync(db => db.Cases.CountAsync())).ShouldBe(0);
        (await room.OrderAsync("erp:SO-1"))!.Health.ShouldBe(TransactionHealth.Attention);

        await room.SayAsync("erp", Events.Order("SO-1", sequence: 2, milestone: "order.changed", quantity: 6));
        (await CommandsAsync(room))
            .Select(c => c.State)
            .ShouldBe([CommandState.Withdrawn, CommandState.Unrouted], "other content is another command");
    }

    [Fact]
    public async Task A_case_of_a_whole_order_is_visible_at_each_site_of_the_order()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("erp", Events.Order("SO-1"));
        await room.SayAsync("erp", Events.Order("SO-1", id: "six", sequence: 2, milestone: "order.changed", quantity: 6));
        await room.SayAsync("erp", Events.Order("SO-1", id: "seven", sequence: 2, milestone: "order.changed", quantity: 7));
        (await CaseAsync(room)).ReasonCode.ShouldBe(ReasonCodes.ContentConflict);
        (await SeesAsync("S1"), await SeesAsync("S2")).ShouldBe((true, false));

        await room.SayAsync(
            "erp", Events.Order("SO-1", sequence: 3, milestone: "order.changed").Replace("\"S1\"", "\"S2\"", StringComparison.Ordinal));

        (await SeesAsync("S1"), await SeesAsync("S2"), await SeesAsync("S3")).ShouldBe((true, true, false));

        Task<bool> SeesAsync(string site) =>
            room.ReadAsync(db =>
                db.Cases.VisibleTo(db, Actor.Tower with { Sites = [site] }).AnyAsync(c => c.ReasonCode == ReasonCodes.ContentConflict));
    }

    [Fact]
    public async Task Numbers_are_linked_for_search()
    {
        await using var room = await EngineTestHost.OpenAsync();

        await room.SayAsync("erp", Events.Order("SO-1"));
        await room.SayAsync("wms",
            Events.From("shipment.shipped", "SH-1",
                new { references = new { order = "SO-1", fulfilment = "F-1" }, tracking = "1Z9", carrier = "ups",
                    lines = new[] { new { line = "1", quantity = 5 } } }));

        var numbers = await room.ReadAsync(db =>
            db.References.Where(r => db.ReferenceLinks.Any(l => l.ReferenceId == r.Id)).Select(r => r.Value).ToListAsync());
        numbers.ShouldBe(["SO-1", "SH-1", "F-1", "1Z9"], ignoreOrder: true);
    }

    private static Task<List<OutboxCommand>> CommandsAsync(EngineTestHost room) =>
        room.ReadAsync(db => db.Commands.AsNoTracking().Where(c => c.Series == Release).OrderBy(c => c.Number).ToListAsync());

    private static Task<ExceptionCase> CaseAsync(EngineTestHost room) =>
        room.ReadAsync(db => db.Cases.AsNoTracking().OrderBy(c => c.Id).FirstAsync());

    /// <summary>What the outcome writer does in one transaction: the row's state and the outcome's message.</summary>
    private static async Task SettleAsync(EngineTestHost room, CommandState state, Func<CommandIdentity, byte[]> outcome)
    {
        var pending = (await CommandsAsync(room)).Single(c => c.State == CommandState.Pending);
        await room.ReadAsync(db => db.Commands.Where(c => c.Id == pending.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.State, state).SetProperty(c => c.Attempts, 1)));
        await TellAsync(room, Roles.Tower, outcome(Identity(pending)));
    }

    private static Task TellAsync(EngineTestHost room, string sender, byte[] json) =>
        room.SayAsync(sender, System.Text.Encoding.UTF8.GetString(json));

    private static CommandIdentity Identity(OutboxCommand c) =>
        new("erp:SO-1", c.Key, c.Kind, c.Document, c.Part, c.Number, c.ContentHash, c.Connector, c.Body);
}
