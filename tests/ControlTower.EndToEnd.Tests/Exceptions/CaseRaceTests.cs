using ControlTower.Core.Cases;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Streaming;
using ControlTower.Core.Engine;
using ControlTower.Core.Inbox;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Publishing;
using ControlTower.Core.Publishing;
using ControlTower.EndToEnd.Tests.Engine;
using ControlTower.Integrations.Edi.Exchange;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace ControlTower.EndToEnd.Tests.Exceptions;

/// <summary>
/// Every operation that opens cases, while another transaction has opened the same case and not committed yet: the
/// second waits, joins the first one's case and succeeds.
/// </summary>
public class CaseRaceTests
{
    [Fact]
    public async Task Conflicting_content_that_two_senders_deliver_at_once_is_one_case()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.AcceptAsync("erp", Events.Order("SO-1", id: "e1"));

        await CaseRace.RunAsync(room, () => room.AcceptAsync("erp", Events.Order("SO-1", id: "e1", quantity: 7)));
    }

    [Fact]
    public async Task Many_conflicts_that_arrive_in_any_order_are_one_case_each()
    {
        await using var first = await EngineTestHost.OpenAsync();
        await using var second = first.Beside();
        var ids = Enumerable.Range(0, 12).ToArray();
        await first.AcceptAsync("erp", [.. ids.Select(i => Events.Order($"SO-{i}"))]);
        var conflicts = ids.Select(i => Events.Order($"SO-{i}", quantity: 7)).ToArray();

        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(i =>
            (i % 2 == 0 ? first : second).AcceptAsync("erp", i % 3 == 0 ? conflicts : [.. conflicts.Reverse()])));

        results.Sum(result => result.Accepted).ShouldBe(conflicts.Length);
        (await first.ReadAsync(db => db.Cases.CountAsync())).ShouldBe(conflicts.Length);
    }

    [Fact]
    public async Task Unreadable_bytes_that_two_nodes_read_at_once_are_one_case()
    {
        await using var room = await EngineTestHost.OpenAsync(services => services.AddConnectors().AddPublishing());

        await CaseRace.RunAsync(room, async () =>
        {
            await using var db = room.Tower.CreateDbContext();
            await using var transaction = await db.Database.BeginTransactionAsync();
            await room.Get<UnreadableEvents>().OpenAsync(db, [("erp", [1, 2, 3], "The body is not JSON.")], default);
            await transaction.CommitAsync();
        });
    }

    [Fact]
    public async Task A_connector_that_two_nodes_see_down_at_once_is_one_case()
    {
        await using var room = await EngineTestHost.OpenAsync(services => services.AddConnectors().AddPublishing());

        await CaseRace.RunAsync(room, async () =>
        {
            await using var db = room.Tower.CreateDbContext();
            await using var transaction = await db.Database.BeginTransactionAsync();
            await room.Get<ConnectorCases>().FollowAsync(db, "wms", ConnectorHealth.Down, "Connection refused.", default);
            await transaction.CommitAsync();
        });
    }

    [Fact]
    public async Task An_address_without_listeners_that_two_publishers_find_at_once_is_one_case()
    {
        await using var room = await EngineTestHost.OpenAsync(services => services.AddConnectors().AddPublishing());
        var held = new Publication { Connector = "bus", EventId = "e1", Address = "orders", Body = [1] };

        await CaseRace.RunAsync(room,
            () =>
                room.Get<PublicationStore>()
                    .SettleAsync("bus", [held], [PublishOutcome.Unroutable], address => $"Nobody listens to {address}.", default));
    }

    [Fact]
    public async Task An_answer_that_two_nodes_miss_at_once_is_one_case()
    {
        await using var room = await EngineTestHost.OpenAsync(services => services.AddEdi(new ConfigurationBuilder().Build()));
        var missing = new MissingAnswer("edi:3pl:997:000000012", "release-fulfilment:SO-1:S1/1", "Interchange 12 has no 997.");

        await CaseRace.RunAsync(room, () => room.Get<IMissingAnswerCases>().FollowAsync("3pl", "edi:3pl:997:", [missing], default));
    }

    [Fact]
    public async Task A_deferred_message_that_two_sweeps_find_late_at_once_is_one_case()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("wms", Events.Picked("F-1", new { order = "SO-1" }));
        room.Clock.Move(TimeSpan.FromDays(30));

        await CaseRace.RunAsync(room, () => room.Get<DeferredMessageSweep>().SweepNowAsync());
    }

    [Fact]
    public async Task A_message_that_cannot_be_mapped_joins_the_case_that_somebody_else_opened_for_it()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.AcceptAsync("erp", """{"specversion":"1.0","id":"1","source":"s","type":"tower.order.accepted.v1","data":"x"}""");

        await CaseRace.RunAsync(room, async () =>
        {
            await room.ReadAsync(db =>
                db.Inbox.Where(m => m.State == InboxState.Failed)
                    .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, InboxState.Pending)));
            await room.Worker.RunUntilQuietAsync();
        });

        (await room.StatesAsync()).ShouldBe([InboxState.Failed]);
        (await room.ReadAsync(db => db.Cases.SingleAsync())).Message.ShouldNotStartWith("The event could not be processed");
    }

    [Fact]
    public async Task A_condition_joins_the_case_that_somebody_else_opened_for_it()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.SayAsync(
            "erp", Events.Order("SO-1"), Events.Order("SO-1", id: "six", sequence: 2, milestone: "order.changed", quantity: 6));
        await room.SayAsync("erp", Events.Order("SO-1", id: "seven", sequence: 2, milestone: "order.changed", quantity: 7));
        var next = 0;

        await CaseRace.RunAsync(room, () => room.SayAsync("wms", Events.Picked($"F-{++next}", new { order = "SO-1" }, quantity: 1)));

        (await room.StatesAsync()).ShouldAllBe(state => state == InboxState.Applied);
    }
}
