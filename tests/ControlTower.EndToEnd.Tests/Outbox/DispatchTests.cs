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

public sealed partial class DispatchTests : IAsyncLifetime
{
    private BookkeepingPartner _wms = null!;
    private OutboxTestHost _room = null!;

    public async ValueTask InitializeAsync()
    {
        _wms = await BookkeepingPartner.StartAsync();
        _room = await OutboxTestHost.OpenAsync();
        await _room.RegisterAsync("wms", Roles.Wms, _wms.BaseUrl);
    }

    public async ValueTask DisposeAsync()
    {
        await _room.DisposeAsync();
        await _wms.DisposeAsync();
    }

    [Fact]
    public async Task Every_command_has_one_effect_one_attempt_and_one_outcome()
    {
        var keys = await _room.WantAsync("wms", 300);
        await _room.StartAsync();

        await _room.SettleAsync("wms", CommandState.Accepted, 300);

        _wms.Effects.Order().ShouldBe(keys.Order());
        _wms.Asked.Values.ShouldAllBe(times => times == 1);
        (await _room.OutcomesAsync("command.accepted")).ShouldBe(300);
        var attempts = await _room.ReadAsync(db => db.Attempts.ToListAsync());
        attempts.Count.ShouldBe(300);
        attempts.ShouldAllBe(attempt =>
            attempt.Outcome == AttemptOutcome.Accepted && attempt.HttpStatus == 200 && attempt.EndedAt >= attempt.StartedAt);
        var command = await _room.CommandAsync(keys[0]);
        (command.Attempts, command.LeaseOwner, command.ErrorCode).ShouldBe((1, null, null));
        command.ExternalId.ShouldNotBeNull();
        command.SettledAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_command_whose_answer_is_lost_is_sent_again_with_the_same_bytes_and_has_one_effect()
    {
        _wms.After = (context, number) =>
            number % 3 == 0 ? Abort(context) : number % 7 == 0 ? Status(context, 500) : Task.FromResult(false);
        var keys = await _room.WantAsync("wms", 60);
        await _room.StartAsync();

        await _room.SettleAsync("wms", CommandState.Accepted, 60);

        _wms.Effects.Order().ShouldBe(keys.Order());
        _wms.Asked.Values.Max().ShouldBeGreaterThan(1);
        _wms.Bodies.GroupBy(body => body.Key).ShouldAllBe(key => key.Select(body => body.Body).Distinct().Count() == 1);
        (await _room.OutcomesAsync("command.accepted")).ShouldBe(60);
    }

    [Fact]
    public async Task A_refusal_ends_the_command_with_its_code()
    {
        _wms.Before = async (context, _) =>
        {
            context.Response.StatusCode = 422;
            await context.Response.WriteAsJsonAsync(
                new { code = "STOCK_UNAVAILABLE", title = "No stock." }, options: null, contentType: "application/problem+json");
            return true;
        };
        var key = (await _room.WantAsync("wms")).Single();
        await _room.StartAsync();

        await _room.SettleAsync("wms", CommandState.Rejected, 1);

        var command = await _room.CommandAsync(key);
        (command.ErrorCode, command.ErrorDetail).ShouldBe(("STOCK_UNAVAILABLE", "No stock."));
        (await _room.OutcomesAsync("command.rejected")).ShouldBe(1);
        _wms.Effects.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_throttled_send_spends_no_attempt()
    {
        _wms.Before = (context, number) => number <= 3 ? Throttle(context) : Task.FromResult(false);
        var room = _room.Beside(("Outbox:UnknownBeforePerson", "1"));
        await room.WantAsync("wms", 1);
        await room.StartAsync();

        await _room.SettleAsync("wms", CommandState.Accepted, 1);

        (await _room.ReadAsync(db => db.Attempts.CountAsync(a => a.Outcome == AttemptOutcome.Throttled))).ShouldBe(3);
        await room.DisposeAsync();
    }

    [Fact]
    public async Task Repeated_unknown_outcomes_leave_the_command_to_a_person()
    {
        _wms.After = (context, _) => Status(context, 500);
        var room = _room.Beside(("Outbox:UnknownBeforePerson", "3"), ("Connectors:Pipeline:BreakerFailures", "100"));
        var key = (await room.WantAsync("wms")).Single();
        await room.StartAsync();

        await _room.SettleAsync("wms", CommandState.OutcomeUnknown, 1);

        _wms.Asked[key].ShouldBe(3);
        (await _room.OutcomesAsync("command.unknown")).ShouldBe(1);
        await room.DisposeAsync();
    }

    [Theory]
    [InlineData(CommandState.Withdrawn)]
    [InlineData(CommandState.Observed)]
    [InlineData(CommandState.OutcomeUnknown)]
    [InlineData(CommandState.Accepted)]
    public async Task Only_pending_commands_are_sent(CommandState state)
    {
        var silent = await _room.WantAsync("wms", 5, state, prefix: "NO");
        await _room.WantAsync("wms", 1, prefix: "YES");
        await _room.StartAsync();

        await Eventually.AsyncIs(() => Task.FromResult(_wms.Effects.Count == 1), () => "The one that waits was not sent.");

        _wms.Asked.Keys.ShouldAllBe(key => !silent.Contains(key));
    }

    [Fact]
    public async Task A_paused_connector_gets_nothing_until_it_is_resumed()
    {
        var control = _room.Get<ConnectorControl>();
        (await control.PauseAsync("wms", Actor.Tower, "Stocktaking")).ShouldBeNull();
        await _room.WantAsync("wms", 3);

        (await _room.Get<CommandClaims>().TakeAsync("wms", 10, default)).ShouldBeEmpty();
        await _room.StartAsync();
        (await control.ResumeAsync("wms", Actor.Tower)).ShouldBeNull();

        await _room.SettleAsync("wms", CommandState.Accepted, 3);
    }
}
