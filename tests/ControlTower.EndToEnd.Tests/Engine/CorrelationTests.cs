using ControlTower.Core.Engine;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Engine;

/// <summary>
/// A fact finds its order by any known number, is deferred while none is known, and is applied to each order that it
/// names.
/// </summary>
public class CorrelationTests
{
    [Fact]
    public async Task An_order_fact_creates_its_transaction()
    {
        await using var room = await EngineTestHost.OpenAsync();

        await room.SayAsync("erp", Events.Order("SO-1"));

        var order = (await room.OrderAsync("erp:SO-1")).ShouldNotBeNull();
        order.Currency.ShouldBe("USD");
        order.CorrelationId.Length.ShouldBe(32);
        (await room.StatesAsync()).ShouldBe([InboxState.Applied]);
    }

    [Fact]
    public async Task A_later_version_of_the_order_finds_the_same_transaction()
    {
        await using var room = await EngineTestHost.OpenAsync();

        await room.SayAsync("erp", Events.Order("SO-1"), Events.Order("SO-1", sequence: 2, milestone: "order.changed"));
        await room.SayAsync("erp", Events.Order("SO-1", sequence: 3, milestone: "order.changed"));

        (await room.ReadAsync(db => db.Transactions.CountAsync())).ShouldBe(1);
        (await room.ReadAsync(db => db.TransactionEvents.CountAsync())).ShouldBe(3);
    }

    [Fact]
    public async Task Facts_of_a_batch_find_an_order_of_the_same_batch_in_whatever_order_they_arrive()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.AcceptAsync("wms", Events.Ready("SH-1", new { fulfilment = "F-1" }));
        await room.AcceptAsync("wms", Events.Picked("F-1", new { order = "SO-1" }));
        await room.AcceptAsync("erp", Events.Order("SO-1"));

        await room.Worker.RunCycleAsync();

        (await room.StatesAsync()).ShouldAllBe(state => state == InboxState.Applied);
    }

    [Fact]
    public async Task A_fact_without_a_known_number_waits_until_one_is_linked()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("ups", Events.From("shipment.picked-up", "1Z9", new { }));
        await room.SayAsync("wms",
            Events.From("shipment.shipped", "SH-1",
                new { references = new { fulfilment = "F-1" }, tracking = "1Z9", carrier = "ups",
                    lines = new[] { new { line = "1", quantity = 5 } } }));
        await room.SayAsync("wms", Events.Picked("F-1", new { order = "SO-1" }));
        (await room.StatesAsync()).ShouldAllBe(state => state == InboxState.Deferred);

        await room.SayAsync("erp", Events.Order("SO-1"));

        (await room.StatesAsync()).ShouldAllBe(state => state == InboxState.Applied);
        (await room.ReadAsync(db => db.DeferredReferences.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Two_ERPs_may_use_the_same_order_number()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.RegisterAsync(("erp2", "erp"));

        await room.SayAsync("erp", Events.Order("SO-1"));
        await room.SayAsync("erp2", Events.Order("SO-1"));
        await room.SayAsync("wms", Events.Picked("F-1", new { order = "SO-1" }));

        (await room.ReadAsync(db => db.Transactions.CountAsync())).ShouldBe(2);
        (await room.StatesAsync())[2].ShouldBe(InboxState.Deferred);
        var opened = (await room.ReadAsync(db => db.Cases.ToListAsync())).ShouldHaveSingleItem();
        opened.ReasonCode.ShouldBe("REFERENCE_AMBIGUOUS");
    }

    [Fact]
    public async Task A_qualified_number_distinguishes_the_two()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.RegisterAsync(("erp2", "erp"));
        await room.SayAsync("erp", Events.Order("SO-1"));
        await room.SayAsync("erp2", Events.Order("SO-1"));

        await room.SayAsync("wms", Events.Picked("F-1", new { order = new { system = "erp2", value = "SO-1" } }));

        var second = await room.OrderAsync("erp2:SO-1");
        (await room.ReadAsync(db => db.TransactionEvents.SingleAsync(e => e.Connector == "wms"))).TransactionId.ShouldBe(second!.Id);
    }

    [Fact]
    public async Task A_fact_with_lines_of_several_orders_is_applied_to_each_once()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("wms",
            Events.Ready(
                "SH-1", new { }, new { line = "1", quantity = 5, order = "SO-1" }, new { line = "1", quantity = 5, order = "SO-2" }));
        await room.SayAsync("erp", Events.Order("SO-1"));
        (await room.StatesAsync())[0].ShouldBe(InboxState.Deferred, "SO-2 is not known yet");

        await room.SayAsync("erp", Events.Order("SO-2"));
        await room.SayAsync("wms", Events.From("shipment.shipped", "SH-1", new { lines = new[] { new { line = "1", quantity = 5 } } }));

        (await room.ReadAsync(db => db.TransactionEvents.CountAsync(e => e.Milestone == "shipment.ready"))).ShouldBe(2);
        (await room.ReadAsync(db => db.TransactionEvents.CountAsync(e => e.Milestone == "shipment.shipped"))).ShouldBe(2);
    }

    [Fact]
    public async Task A_number_that_is_not_linked_in_time_becomes_a_case_that_closes_itself()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("wms", Events.Picked("F-1", new { order = "SO-1" }));
        var sweep = room.Get<DeferredMessageSweep>();
        await sweep.SweepNowAsync();
        (await room.ReadAsync(db => db.Cases.CountAsync())).ShouldBe(0, "its patience is not over");

        room.Clock.Move(TimeSpan.FromSeconds(121));
        await sweep.SweepNowAsync();
        await sweep.SweepNowAsync();
        (await room.ReadAsync(db => db.Cases.SingleAsync())).ReasonCode.ShouldBe("REFERENCE_UNKNOWN");
        await room.SayAsync("erp", Events.Order("SO-1"));

        (await room.ReadAsync(db => db.Cases.SingleAsync())).State.ShouldBe(CaseState.Resolved);
        (await room.StatesAsync()).ShouldAllBe(state => state == InboxState.Applied);
    }

    [Fact]
    public async Task An_event_that_cannot_be_mapped_is_a_case_that_names_the_field()
    {
        await using var room = await EngineTestHost.OpenAsync();

        await room.SayAsync("wms", Events.From("fulfilment.picked", "F-1", new { lines = new[] { new { line = "1", quantity = 5 } } }));

        var opened = (await room.ReadAsync(db => db.Cases.ToListAsync())).ShouldHaveSingleItem();
        opened.FailingField.ShouldBe("data.site");
        opened.MessageId.ShouldNotBeNull();
        (await room.StatesAsync()).ShouldBe([InboxState.Failed]);
    }
}
