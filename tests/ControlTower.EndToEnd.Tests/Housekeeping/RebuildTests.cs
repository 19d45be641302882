using ControlTower.Core.Engine.Counts;
using ControlTower.Core.Housekeeping.Rebuild;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Audit;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.EndToEnd.Tests.Engine;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Housekeeping;

/// <summary>A transaction equals its events; one that was changed by hand is found.</summary>
public sealed class RebuildTests
{
    [Fact]
    public async Task Merging_every_transaction_again_finds_no_difference()
    {
        await using var room = await LivedAsync();

        var report = await room.Get<Rebuilder>().AllAsync(null, null);

        (report.Transactions, report.Different).ShouldBe((3, 0));
        report.Events.ShouldBe(await room.ReadAsync(db => db.TransactionEvents.CountAsync(e => !e.Retracted)));
    }

    [Fact]
    public async Task A_transaction_changed_by_hand_is_named_and_stays_until_a_repair_is_requested()
    {
        await using var room = await LivedAsync();
        await ChangeByHandAsync(room, t => t.State.Replace("50", "51"));
        var changed = (await room.OrderAsync("erp:SO-2"))!.State;

        var report = await room.Get<Rebuilder>().AllAsync(null, null);

        report.Differences.ShouldHaveSingleItem().Transaction.ShouldBe("erp:SO-2");
        (await room.OrderAsync("erp:SO-2"))!.State.ShouldBe(changed);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not a state")]
    public async Task A_repair_corrects_the_transaction_with_an_entry_in_the_audit(string state)
    {
        await using var room = await LivedAsync();
        var right = (await room.OrderAsync("erp:SO-2"))!;
        await ChangeByHandAsync(room, _ => state);
        var administrator = new Actor(7, "administrator", Actor.Person, [TowerRoles.Administrator], [], [], null);

        (await room.Get<Rebuilder>().OneAsync("erp:SO-2", administrator)).ShouldNotBeNull().Different.ShouldBe(1);

        var row = (await room.OrderAsync("erp:SO-2"))!;
        (row.State, row.Stage, row.Amount).ShouldBe((right.State, right.Stage, right.Amount));
        row.Version.ShouldBeGreaterThan(right.Version);
        var entry = await room.ReadAsync(db => db.Audit.SingleAsync(a => a.Act == "transaction.rebuilt"));
        (entry.Actor, entry.TransactionKey).ShouldBe(("administrator", "erp:SO-2"));
        (await room.Get<Rebuilder>().AllAsync(null, null)).Different.ShouldBe(0);
        (await room.Get<CountService>().RecountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task An_unknown_key_is_reported_as_not_found()
    {
        await using var room = await EngineTestHost.OpenAsync();

        (await room.Get<Rebuilder>().OneAsync("erp:SO-9", null)).ShouldBeNull();
    }

    private static async Task ChangeByHandAsync(EngineTestHost room, Func<TransactionRecord, string> change)
    {
        await using var db = room.Tower.CreateDbContext();
        var state = change(await db.Transactions.AsNoTracking().SingleAsync(t => t.Key == "erp:SO-2"));
        await db.Transactions.Where(t => t.Key == "erp:SO-2").ExecuteUpdateAsync(set => set.SetProperty(t => t.State, state));
    }

    /// <summary>Three orders with late, repeated and retracted facts.</summary>
    private static async Task<EngineTestHost> LivedAsync()
    {
        var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("wms", Events.Picked("F-1", new { order = "SO-1" }, id: "p1"));
        await room.SayAsync(
            "erp", Events.Order("SO-1", sequence: 2, milestone: "order.changed"), Events.Order("SO-2"), Events.Order("SO-3"));
        await room.SayAsync("erp", Events.Order("SO-1"));
        await room.SayAsync(
            "wms", Events.Picked("F-2", new { order = "SO-2" }), Events.Ready("SH-2", new { order = "SO-2", fulfilment = "F-2" }));
        await room.SayAsync("wms", Events.From(
            "fulfilment.allocated", "F-1",
            new { references = new { order = "SO-1" }, site = "S1", lines = new[] { new { line = "1", quantity = 5 } } },
            retracts: [new { source = "urn:test", id = "p1" }]));
        return room;
    }
}
