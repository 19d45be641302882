using ControlTower.Core.Cases;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Audit;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Exceptions;

public sealed class CaseServiceTests : IAsyncLifetime
{
    private CaseTestHost _room = null!;

    private CaseService Cases => _room.Get<CaseService>();

    public async ValueTask InitializeAsync() => _room = await CaseTestHost.OpenAsync();

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task A_case_that_is_taken_names_its_owner_in_its_row_its_history_and_the_audit()
    {
        var order = await _room.OrderAsync();
        var about = await _room.CaseAsync(ReasonCodes.PickShort, order);

        (await Cases.AssignAsync(about.Id, CaseAssignment.Take, CaseTestHost.Supervisor)).Done.ShouldBeTrue();

        var now = await _room.ReadAsync(db => db.Cases.SingleAsync());
        (now.State, now.Assignee, now.Version).ShouldBe((CaseState.Assigned, "supervisor.east", 1));
        (await _room.ReadAsync(db => db.CaseNotes.SingleAsync())).Actor.ShouldBe("supervisor.east");
        var entry = await _room.ReadAsync(db => db.Audit.SingleAsync(a => a.Act == "case.assigned"));
        (entry.Actor, entry.TransactionKey).ShouldBe(("supervisor.east", "erp:SO-1"));
        entry.Before!.ShouldContain("\"state\":\"open\"");
        entry.After!.ShouldContain("\"state\":\"assigned\"");
    }

    [Fact]
    public async Task Another_sites_case_is_not_found()
    {
        var about = await _room.CaseAsync(ReasonCodes.PickShort, await _room.OrderAsync());
        (await Cases.AssignAsync(about.Id, CaseAssignment.Take, CaseTestHost.OtherSupervisor)).Refusal!.Code.ShouldBe("not-found");
    }

    [Fact]
    public async Task Another_teams_case_is_refused_and_so_are_read_only_roles()
    {
        var about = await _room.CaseAsync(ReasonCodes.PickShort, await _room.OrderAsync());
        foreach (var actor in new[] { CaseTestHost.Coordinator, CaseTestHost.Finance1, CaseTestHost.Admin, CaseTestHost.Auditor })
        {
            (await Cases.AssignAsync(about.Id, CaseAssignment.Take, actor)).Refusal!.Code.ShouldBe("forbidden", actor.Name);
        }
    }

    [Fact]
    public async Task An_action_on_an_older_version_is_refused()
    {
        var about = await _room.CaseAsync(ReasonCodes.PickShort, await _room.OrderAsync());
        (await Cases.NoteAsync(about.Id, "Recounted: two are missing.", CaseTestHost.Supervisor)).Done.ShouldBeTrue();
        (await Cases.AssignAsync(about.Id, CaseAssignment.Take, CaseTestHost.Supervisor, version: 0)).Refusal!.Code.ShouldBe("conflict");
    }

    [Fact]
    public async Task Handing_over_to_a_team_puts_the_case_into_its_queue()
    {
        var about = await _room.CaseAsync(ReasonCodes.PickShort, await _room.OrderAsync());
        var given = await Cases.AssignAsync(
            about.Id, new CaseAssignment(null, Teams.Logistics, "The carrier has them."), CaseTestHost.Supervisor);
        (given.Case!.Team, given.Case.Assignee, given.Case.State).ShouldBe((Teams.Logistics, null, CaseState.Open));
        (await Cases.AssignAsync(about.Id, CaseAssignment.Take, CaseTestHost.Coordinator)).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task A_condition_that_is_waived_has_one_verb_in_its_state_its_history_and_the_audit()
    {
        var about = await _room.CaseAsync(ReasonCodes.PickShort, await _room.OrderAsync());
        (await Cases.WaiveAsync(about.Id, null, CaseTestHost.Supervisor)).Refusal!.Code.ShouldBe("invalid");
        (await Cases.WaiveAsync(about.Id, "The customer takes 18.", CaseTestHost.Supervisor)).Message.ShouldStartWith("Waived.");

        var now = await _room.ReadAsync(db => db.Cases.SingleAsync());
        (now.State, now.ResolvedBy,
            now.Resolution).ShouldBe((CaseState.Waived, "supervisor.east", "Waived by supervisor.east: The customer takes 18."));
        (await _room.ReadAsync(db => db.CaseNotes.SingleAsync())).Act.ShouldBe("waived");
        (await _room.ReadAsync(db => db.Audit.SingleAsync(a => a.ObjectType == "case"))).Act.ShouldBe("case.waived");
        (await Cases.WaiveAsync(about.Id, "Again.", CaseTestHost.Supervisor)).Refusal!.Code.ShouldBe("conflict");
    }

    [Fact]
    public async Task A_condition_is_not_discarded_and_a_message_is_not_waived()
    {
        var message = await _room.MessageAsync(InboxState.Failed);
        var condition = await _room.CaseAsync(ReasonCodes.PickShort, await _room.OrderAsync());
        var invalid = await _room.CaseAsync(ReasonCodes.SchemaInvalid, origin: CaseOrigin.Message, message: message.Id);

        (await Cases.DiscardAsync(condition.Id, "Not needed.", CaseTestHost.Supervisor)).Refusal!.Message
            .ShouldContain("waived, not discarded");
        (await Cases.WaiveAsync(invalid.Id, "Not needed.", CaseTestHost.Operator)).Refusal!.Message.ShouldContain("discarded, not waived");

        (await _room.ReadAsync(db => db.Cases.Select(c => c.State).ToListAsync())).ShouldAllBe(state => state == CaseState.Open);
        (await _room.ReadAsync(db => db.Inbox.SingleAsync())).State.ShouldBe(InboxState.Failed);
    }

    [Fact]
    public async Task A_waived_condition_that_somebody_takes_is_open_work_again_with_a_new_clock()
    {
        var about = await _room.CaseAsync(ReasonCodes.PickShort, await _room.OrderAsync());
        await Cases.WaiveAsync(about.Id, "The customer takes 18.", CaseTestHost.Supervisor);
        _room.Clock.Move(TimeSpan.FromDays(3));

        (await Cases.AssignAsync(about.Id, CaseAssignment.Take, CaseTestHost.Supervisor)).Done.ShouldBeTrue();

        var now = await _room.ReadAsync(db => db.Cases.SingleAsync());
        (now.State, now.Assignee, now.ResolvedAt, now.Resolution).ShouldBe((CaseState.Assigned, "supervisor.east", null, null));
        now.DueAt.ShouldBeGreaterThan(_room.Clock.GetUtcNow());
    }

    [Fact]
    public async Task A_connectors_case_can_be_neither_waived_nor_discarded()
    {
        var about = await _room.CaseAsync(ReasonCodes.TargetDown, origin: CaseOrigin.Connector, connector: "wms");
        (await Cases.WaiveAsync(about.Id, "It must be up.", CaseTestHost.Operator)).Refusal!.Code.ShouldBe("conflict");
        (await Cases.DiscardAsync(about.Id, "It must be up.", CaseTestHost.Operator)).Refusal!.Code.ShouldBe("conflict");
        (await _room.ReadAsync(db => db.Cases.SingleAsync())).State.ShouldBe(CaseState.Open);
    }

    [Fact]
    public async Task A_message_that_is_discarded_has_one_verb_in_its_state_its_history_and_the_audit()
    {
        var message = await _room.MessageAsync(InboxState.Failed);
        var about = await _room.CaseAsync(ReasonCodes.SchemaInvalid, origin: CaseOrigin.Message, message: message.Id);

        (await Cases.DiscardAsync(about.Id, "", CaseTestHost.Operator)).Refusal!.Code.ShouldBe("invalid");
        (await Cases.DiscardAsync(about.Id, "A test message of the partner.", CaseTestHost.Operator)).Message.ShouldBe("Discarded.");

        (await _room.ReadAsync(db => db.Inbox.SingleAsync())).State.ShouldBe(InboxState.Discarded);
        var now = await _room.ReadAsync(db => db.Cases.SingleAsync());
        (now.State, now.Resolution).ShouldBe((CaseState.Discarded, "Discarded by operator: A test message of the partner."));
        (await _room.ReadAsync(db => db.CaseNotes.SingleAsync())).Act.ShouldBe("discarded");
        (await _room.ReadAsync(db => db.Audit.SingleAsync(a => a.ObjectType == "case"))).Act.ShouldBe("case.discarded");
        (await Cases.DiscardAsync(about.Id, "Again.", CaseTestHost.Operator)).Refusal!.Code.ShouldBe("conflict");
    }

    [Fact]
    public async Task A_message_that_is_being_processed_again_cannot_be_discarded()
    {
        var message = await _room.MessageAsync(InboxState.Pending);
        var about = await _room.CaseAsync(ReasonCodes.SchemaInvalid, origin: CaseOrigin.Message, message: message.Id);
        (await Cases.DiscardAsync(about.Id, "Too late.", CaseTestHost.Operator)).Refusal!.Code.ShouldBe("conflict");
        (await _room.ReadAsync(db => db.Inbox.SingleAsync())).State.ShouldBe(InboxState.Pending);
    }
}
