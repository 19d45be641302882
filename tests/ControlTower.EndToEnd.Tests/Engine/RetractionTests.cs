using ControlTower.Core.Engine;
using ControlTower.Core.Inbox;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Inbox;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Engine;

/// <summary>A retracted fact counts as never reported, whether the retraction arrived before or after it.</summary>
public class RetractionTests
{
    private static readonly string Picked = Events.Picked("F-1", new { order = "SO-1" }, id: "p1");

    private static readonly string TakenBack = Events.From(
        "fulfilment.allocated", "F-1",
        new { references = new { order = "SO-1" }, site = "S1", lines = new[] { new { line = "1", quantity = 5 } } },
        retracts: [new { source = "urn:test", id = "p1" }]);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_state_is_the_same_whether_a_fact_came_before_with_or_after_its_retraction(int order)
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("erp", Events.Order("SO-1"));
        string[][] arrivals = order switch
        {
            0 => [[Picked], [TakenBack]],
            1 => [[Picked, TakenBack]],
            _ => [[TakenBack], [Picked]],
        };

        foreach (var batch in arrivals)
        {
            await room.SayAsync("wms", batch);
        }

        await using var without = await EngineTestHost.OpenAsync();
        await without.SayAsync("erp", Events.Order("SO-1"));
        await without.SayAsync("wms", TakenBack);
        (await room.OrderAsync("erp:SO-1"))!.State.ShouldBe((await without.OrderAsync("erp:SO-1"))!.State);
    }

    [Fact]
    public async Task A_retracted_message_that_was_never_merged_is_marked_and_its_case_closes()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("erp", Events.Order("SO-1"));
        await room.SayAsync("wms", Events.From("fulfilment.picked", "F-1", new { }, id: "p1"));
        (await room.StatesAsync())[1].ShouldBe(InboxState.Failed);

        await room.SayAsync("wms", TakenBack);

        // It still cannot be mapped, but nobody has to fix it: its sender retracted it.
        (await room.ReadAsync(db => db.TransactionEvents.CountAsync())).ShouldBe(2);
    }

    [Fact]
    public async Task A_retraction_that_missed_its_fact_between_two_workers_is_found_by_the_sweep()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("erp", Events.Order("SO-1"));
        await room.SayAsync("wms", Picked);
        await using (var db = room.Tower.CreateDbContext())
        {
            db.Retractions.Add(new Retraction { Connector = "wms", DedupeKey = IncomingEvent.KeyOf("urn:test", "p1"), ByMessageId = 99 });
            await db.SaveChangesAsync();
        }

        (await room.Get<RetractionSweep>().SweepNowAsync()).ShouldBe(1);
        (await room.Get<RetractionSweep>().SweepNowAsync()).ShouldBe(0);

        (await room.OrderAsync("erp:SO-1"))!.State.ShouldNotContain("fulfilment.picked");
    }
}
