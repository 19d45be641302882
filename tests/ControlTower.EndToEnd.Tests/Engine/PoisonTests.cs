using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Inbox;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Engine;

/// <summary>A fact that makes its batch fail does not affect the other facts.</summary>
public class PoisonTests
{
    [Fact]
    public async Task The_rest_of_the_batch_is_applied_and_the_failing_message_becomes_a_case()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("erp", Events.Order("SO-1"));
        await SpoilAsync(room, "erp:SO-1");
        await room.AcceptAsync("erp", [.. Enumerable.Range(2, 6).Select(i => Events.Order($"SO-{i}"))]);
        await room.AcceptAsync("wms", Events.Picked("F-1", new { order = "SO-1" }), Events.Picked("F-3", new { order = "SO-3" }));

        await room.Worker.RunUntilQuietAsync();

        var states = await room.StatesAsync();
        states.Count(state => state == InboxState.Failed).ShouldBe(1);
        states.Count(state => state == InboxState.Applied).ShouldBe(8);
        var opened = (await room.ReadAsync(db => db.Cases.ToListAsync())).ShouldHaveSingleItem();
        opened.ReasonCode.ShouldBe("SCHEMA_INVALID");
        opened.Message.ShouldStartWith("The event could not be processed: ");
        opened.Message.ShouldNotContain(" at ControlTower", Case.Sensitive, "people get a sentence, the log has the trace");
    }

    [Fact]
    public async Task A_failed_message_that_is_pending_again_after_the_repair_is_applied_and_its_case_closes()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("erp", Events.Order("SO-1"));
        var state = (await room.OrderAsync("erp:SO-1"))!.State;
        await SpoilAsync(room, "erp:SO-1");
        await room.SayAsync("wms", Events.Picked("F-1", new { order = "SO-1" }));
        await SpoilAsync(room, "erp:SO-1", state);

        await room.ReadAsync(db =>
            db.Inbox.Where(m => m.State == InboxState.Failed).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, InboxState.Pending)));
        await room.Worker.RunUntilQuietAsync();

        (await room.StatesAsync()).ShouldAllBe(s => s == InboxState.Applied);
        (await room.ReadAsync(db => db.Cases.SingleAsync())).State.ShouldBe(CaseState.Resolved);
    }

    private static Task SpoilAsync(EngineTestHost room, string key, string state = "no state") =>
        room.ReadAsync(db =>
            db.Transactions.Where(t => t.Key == key)
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.State, state).SetProperty(t => t.Version, t => t.Version + 1)));
}
