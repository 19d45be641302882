using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Core.Replay;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Exceptions;

public sealed class ReplayTests : IAsyncLifetime
{
    private CaseTestHost _room = null!;

    private ReplayService Replays => _room.Get<ReplayService>();

    public async ValueTask InitializeAsync() => _room = await CaseTestHost.OpenAsync();

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task A_refused_command_is_wanted_again_by_a_persons_fact()
    {
        var order = await _room.OrderAsync();
        var command = await _room.CommandAsync(order, CommandState.Rejected);
        var about = await _room.CaseAsync(ReasonCodes.PickShort, order, command: command.Id);

        var result = await Replays.ReplayAsync(about.Id, CaseTestHost.Supervisor);

        result.Done.ShouldBeTrue(result.Message);
        var fact = await _room.ReadAsync(db => db.Inbox.SingleAsync());
        (fact.Connector, fact.Type, fact.Subject).ShouldBe(("people", "tower.command.replayed.v1", command.Key));
        var now = await _room.ReadAsync(db => db.Cases.SingleAsync());
        (now.State, now.Replays, now.Version).ShouldBe((CaseState.Waiting, 1, 1));
        (await _room.ReadAsync(db => db.CaseNotes.SingleAsync())).Act.ShouldBe("replayed");
        (await _room.ReadAsync(db => db.Audit.SingleAsync(a => a.Act == "case.replayed"))).Actor.ShouldBe("supervisor.east");
    }

    [Fact]
    public async Task A_second_replay_is_refused_as_a_conflict_and_changes_nothing()
    {
        var order = await _room.OrderAsync();
        var command = await _room.CommandAsync(order, CommandState.Rejected);
        var about = await _room.CaseAsync(ReasonCodes.PickShort, order, command: command.Id);
        await Replays.ReplayAsync(about.Id, CaseTestHost.Supervisor);
        _room.Clock.Move(TimeSpan.FromSeconds(3));

        var second = await Replays.ReplayAsync(about.Id, CaseTestHost.Supervisor);

        second.Refusal!.Code.ShouldBe("conflict");
        (await _room.ReadAsync(db => db.Inbox.CountAsync())).ShouldBe(1);
        (await _room.ReadAsync(db => db.Cases.CountAsync())).ShouldBe(1);
        (await _room.ReadAsync(db => db.Cases.SingleAsync())).Replays.ShouldBe(1);
    }

    [Fact]
    public async Task Twenty_replays_at_once_are_one()
    {
        var message = await _room.MessageAsync(InboxState.Failed);
        var about = await _room.CaseAsync(ReasonCodes.SchemaInvalid, origin: CaseOrigin.Message, message: message.Id);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Replays.ReplayAsync(about.Id, CaseTestHost.Operator)));

        results.Count(result => result.Done).ShouldBe(1);
        (await _room.ReadAsync(db => db.Inbox.SingleAsync())).State.ShouldBe(InboxState.Pending);
        (await _room.ReadAsync(db => db.Audit.CountAsync(a => a.Act == "case.replayed"))).ShouldBe(1);
    }

    [Fact]
    public async Task A_command_with_an_unknown_outcome_is_sent_again_under_its_key()
    {
        var order = await _room.OrderAsync();
        var command = await _room.CommandAsync(order, CommandState.OutcomeUnknown);
        var about = await _room.CaseAsync(ReasonCodes.OutcomeUnknown, order, command: command.Id);

        (await Replays.ReplayAsync(about.Id, CaseTestHost.Operator)).Done.ShouldBeTrue();

        var now = await _room.ReadAsync(db => db.Commands.SingleAsync());
        (now.State, now.Key).ShouldBe((CommandState.Pending, command.Key));
        (await Replays.ReplayAsync(about.Id, CaseTestHost.Operator)).Refusal!.Code.ShouldBe("conflict");
    }

    [Fact]
    public async Task A_command_with_an_unknown_outcome_that_is_confirmed_is_accepted_under_its_number()
    {
        var order = await _room.OrderAsync();
        var command = await _room.CommandAsync(order, CommandState.OutcomeUnknown);
        var about = await _room.CaseAsync(ReasonCodes.OutcomeUnknown, order, command: command.Id);

        (await Replays.ConfirmAsync(about.Id, " ", CaseTestHost.Operator)).Refusal!.Code.ShouldBe("invalid");
        (await Replays.ConfirmAsync(about.Id, "F-77", CaseTestHost.Operator)).Done.ShouldBeTrue();

        var now = await _room.ReadAsync(db => db.Commands.SingleAsync());
        (now.State, now.ExternalId).ShouldBe((CommandState.Accepted, "F-77"));
        (await _room.ReadAsync(db => db.Inbox.SingleAsync())).Type.ShouldBe("tower.command.accepted.v1");
        (await Replays.ConfirmAsync(about.Id, "F-78", CaseTestHost.Operator)).Refusal!.Code.ShouldBe("conflict");
    }

    [Fact]
    public async Task The_latest_command_of_the_series_counts()
    {
        var order = await _room.OrderAsync();
        var first = await _room.CommandAsync(order, CommandState.Rejected);
        await _room.CommandAsync(order, CommandState.Sending, number: 2);
        var about = await _room.CaseAsync(ReasonCodes.PickShort, order, command: first.Id);

        (await Replays.ReplayAsync(about.Id, CaseTestHost.Supervisor)).Refusal!.Code.ShouldBe("conflict");
        (await _room.ReadAsync(db => db.Cases.SingleAsync())).Replays.ShouldBe(0);
    }

    [Fact]
    public async Task A_case_without_a_command_is_not_replayed_and_nothing_changes()
    {
        var about = await _room.CaseAsync(ReasonCodes.PodMissing, await _room.OrderAsync());
        (await Replays.ReplayAsync(about.Id, CaseTestHost.Coordinator)).Refusal!.Code.ShouldBe("conflict");
        (await _room.ReadAsync(db => db.Cases.SingleAsync())).Version.ShouldBe(0);
        (await _room.ReadAsync(db => db.Audit.CountAsync(a => a.Act == "case.replayed"))).ShouldBe(0);
    }

    [Fact]
    public async Task Rights_are_checked_at_the_action()
    {
        var order = await _room.OrderAsync();
        var command = await _room.CommandAsync(order, CommandState.Rejected);
        var about = await _room.CaseAsync(ReasonCodes.PickShort, order, command: command.Id);

        (await Replays.ReplayAsync(about.Id, CaseTestHost.OtherSupervisor)).Refusal!.Code.ShouldBe("not-found");
        (await Replays.ReplayAsync(about.Id, CaseTestHost.Auditor)).Refusal!.Code.ShouldBe("forbidden");
        (await Replays.ReplayAsync(about.Id, CaseTestHost.Coordinator)).Refusal!.Code.ShouldBe("forbidden");
        (await Replays.ReplayAsync(about.Id, CaseTestHost.Operator)).Done.ShouldBeTrue();
    }
}
