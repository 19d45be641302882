using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using ControlTower.Core.Outbox;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.EndToEnd.Tests.Landscape;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Outbox;

public sealed partial class DispatchTests
{
    [Fact]
    public async Task Two_nodes_share_the_work_and_no_command_is_sent_twice()
    {
        await using var other = _room.Beside();
        await _room.WantAsync("wms", 400);
        await _room.StartAsync();
        await other.StartAsync();

        await _room.SettleAsync("wms", CommandState.Accepted, 400);

        _wms.Asked.Values.ShouldAllBe(times => times == 1);
    }

    [Fact]
    public async Task Commands_of_a_killed_sender_are_taken_over_and_have_one_effect()
    {
        var keys = await _room.WantAsync("wms", 10);
        var dead = _room.Beside();
        (await dead.Get<CommandClaims>().TakeAsync("wms", 10, default)).Count.ShouldBe(10);
        await dead.DisposeAsync();
        await ExpireLeasesAsync();

        await _room.StartAsync();
        await _room.SettleAsync("wms", CommandState.Accepted, 10);

        _wms.Effects.Order().ShouldBe(keys.Order());
        var attempts = await _room.ReadAsync(db => db.Attempts.Where(a => a.Number == 1).ToListAsync());
        attempts.ShouldAllBe(attempt => attempt.Outcome == AttemptOutcome.Unknown);
        (await _room.OutcomesAsync("command.accepted")).ShouldBe(10);
    }

    [Fact]
    public async Task A_late_outcome_of_a_lost_lease_changes_nothing()
    {
        await _room.WantAsync("wms");
        var late = _room.Beside();
        var claimed = (await late.Get<CommandClaims>().TakeAsync("wms", 1, default)).Single();
        await ExpireLeasesAsync();
        await _room.Get<ConnectorRegistry>().RefreshAsync();
        (await _room.Get<OutcomeLookupWorker>().SweepNowAsync(default)).ShouldBe(1);
        await Eventually.AsyncIs(
            async () => (await _room.Get<CommandClaims>().TakeAsync("wms", 1, default)) is [{ Attempts: 2 }],
            () => "The command in doubt was not taken again.");

        await late.Get<CompletionTransaction>()
            .WriteAsync([new AttemptEnded(
                claimed, new SendResult(SendOutcome.Rejected, 422, Code: "LATE"), UnknownOutcomePolicy.NativeKey)], default);

        var command = await _room.CommandAsync(claimed.Key);
        (command.State, command.Attempts).ShouldBe((CommandState.Sending, 2));
        (await _room.OutcomesAsync("command.rejected")).ShouldBe(0);
        await late.DisposeAsync();
    }

    [Fact]
    public async Task An_unavailable_connector_opens_one_case_which_closes_itself()
    {
        var refuse = true;
        _wms.Before = (context, _) => refuse ? Abort(context) : Task.FromResult(false);
        await _room.WantAsync("wms", 30);
        await _room.StartAsync();

        await Eventually.AsyncIs(() => CaseAsync(ReasonCodes.TargetDown, CaseState.Open), () => "No case was opened.");
        (await _room.ReadAsync(db => db.Connectors.SingleAsync())).Health.ShouldBe(ConnectorHealth.Down);
        refuse = false;

        await _room.SettleAsync("wms", CommandState.Accepted, 30);
        await Eventually.AsyncIs(() => CaseAsync(ReasonCodes.TargetDown, CaseState.Resolved), () => "The case did not close itself.");
        (await _room.ReadAsync(db => db.Cases.CountAsync())).ShouldBe(1);
        (await _room.ReadAsync(db => db.Connectors.SingleAsync())).Health.ShouldBe(ConnectorHealth.Healthy);
        _wms.Effects.Count.ShouldBe(30);
    }

    [Fact]
    public async Task A_connector_that_recovered_closes_its_case_although_no_command_waits_for_it()
    {
        var room = _room.Beside(("Outbox:ProbeSeconds", "1"));
        _wms.Before = (context, _) => Abort(context);
        await room.WantAsync("wms", 10);
        await room.StartAsync();
        await Eventually.AsyncIs(() => CaseAsync(ReasonCodes.TargetDown, CaseState.Open), () => "No case was opened.");

        await Eventually.AsyncIs(
            async () =>
            {
                await _room.ReadAsync(db =>
                    db.Commands.Where(c => c.State == CommandState.Pending)
                        .ExecuteUpdateAsync(set => set.SetProperty(c => c.State, CommandState.Withdrawn)));
                return await _room.ReadAsync(db => db.Commands.AllAsync(c => c.State == CommandState.Withdrawn));
            },
            () => "The commands were not withdrawn.");
        var asked = _wms.Asked.Values.Sum();

        await Eventually.AsyncIs(() => CaseAsync(ReasonCodes.TargetDown, CaseState.Resolved), () => "The case did not close itself.");

        _wms.Asked.Values.Sum().ShouldBe(asked);
        await room.DisposeAsync();
    }

    [Fact]
    public async Task Refused_credentials_hold_the_commands_in_one_case_until_they_are_corrected()
    {
        var refuse = true;
        _wms.Before = (context, _) => refuse ? Status(context, 401) : Task.FromResult(false);
        await _room.WantAsync("wms", 10);
        await _room.StartAsync();

        await Eventually.AsyncIs(() => CaseAsync(ReasonCodes.TargetUnauthorised, CaseState.Open), () => "No case was opened.");
        refuse = false;

        await _room.SettleAsync("wms", CommandState.Accepted, 10);
        await Eventually.AsyncIs(
            () => CaseAsync(ReasonCodes.TargetUnauthorised, CaseState.Resolved), () => "The case did not close itself.");
        (await _room.OutcomesAsync("command.unknown")).ShouldBe(0);
    }

    [Fact]
    public async Task A_failing_connector_does_not_delay_another()
    {
        await using var sick = await BookkeepingPartner.StartAsync();
        sick.Before = async (context, _) =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };
        await _room.RegisterAsync("tms", Roles.Tms, sick.BaseUrl);
        await _room.WantAsync("tms", 50, prefix: "SICK");
        await _room.WantAsync("wms", 200, prefix: "WELL");
        await _room.StartAsync();

        await _room.SettleAsync("wms", CommandState.Accepted, 200);

        (await _room.ReadAsync(db => db.Commands.CountAsync(c => c.Connector == "tms" && c.State == CommandState.Accepted))).ShouldBe(0);
    }

    [Fact]
    public async Task Facts_in_an_answer_belong_to_the_connector()
    {
        _wms.After = async (context, _) =>
        {
            await context.Response.WriteAsync(
                """{"externalId":"FO-1","facts":[{"specversion":"1.0","id":"f-1","source":"wms","type":"tower.fulfilment.allocated.v1","subject":"FO-1","data":{}},{"no":"event"}]}""");
            return true;
        };
        await _room.WantAsync("wms");
        await _room.StartAsync();

        await _room.SettleAsync("wms", CommandState.Accepted, 1);

        (await _room.ReadAsync(db => db.Inbox.SingleAsync(m => m.Connector == "wms"))).EventId.ShouldBe("f-1");
        (await _room.ReadAsync(db => db.Cases.SingleAsync())).ReasonCode.ShouldBe(ReasonCodes.SchemaInvalid);
    }

    private Task<bool> CaseAsync(string reason, CaseState state) =>
        _room.ReadAsync(db => db.Cases.AnyAsync(c => c.ReasonCode == reason && c.State == state));

    private Task<int> ExpireLeasesAsync() => _room.ReadAsync(db => db.Commands.Where(c => c.State == CommandState.Sending)
        .ExecuteUpdateAsync(set => set.SetProperty(c => c.LeaseUntil, c => c.LeaseUntil!.Value.AddMinutes(-1))));

    private static Task<bool> Abort(HttpContext context)
    {
        context.Abort();
        return Task.FromResult(true);
    }

    private static Task<bool> Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.FromResult(true);
    }

    private static Task<bool> Throttle(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "0";
        return Status(context, 429);
    }
}
