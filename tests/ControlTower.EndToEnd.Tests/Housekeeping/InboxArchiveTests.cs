using ControlTower.Core.Housekeeping;
using ControlTower.Core.Housekeeping.Rebuild;
using ControlTower.Core.Inbox;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.EndToEnd.Tests.Engine;
using ControlTower.EndToEnd.Tests.Transactions;
using ControlTower.Testing;
using ControlTower.Web.Features.Transactions.Detail;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Housekeeping;

/// <summary>
/// Messages that are done are moved out of the inbox; duplicates, conflicts and retractions work as before.
/// </summary>
public sealed class InboxArchiveTests
{
    private static readonly string Picked = Events.Picked("F-1", new { order = "SO-1" }, id: "p1");

    [Fact]
    public async Task A_message_that_is_done_leaves_in_two_steps_and_its_sender_gets_the_same_answer_throughout()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("erp", Events.Order("SO-1"));
        var (keeper, known) = (room.Get<InboxArchiver>(), new AcceptResult(0, 1));

        (await keeper.CopyAsync()).ShouldBe(0, "its time is not over");
        room.Clock.Move(TimeSpan.FromMinutes(31));
        (await keeper.CopyAsync()).ShouldBe(1);
        (await keeper.CopyAsync()).ShouldBe(0, "it is copied once");
        (await keeper.RemoveAsync()).ShouldBe(0, "it was copied just now");
        (await room.AcceptAsync("erp", Events.Order("SO-1"))).ShouldBe(known);
        room.Clock.Move(TimeSpan.FromMinutes(6));
        (await keeper.RemoveAsync()).ShouldBe(1);

        (await room.StatesAsync()).ShouldBeEmpty();
        (await room.AcceptAsync("erp", Events.Order("SO-1"))).ShouldBe(known);
        (await room.StatesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Other_content_under_a_key_that_left_long_ago_is_a_conflict_and_the_first_counts()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("erp", Events.Order("SO-1", id: "e1"));
        await ArchiveAsync(room);
        await PurgeAsync(room);

        (await room.AcceptAsync("erp", Events.Order("SO-1", id: "e1", quantity: 7))).ShouldBe(new AcceptResult(1, 0));

        var opened = (await room.ReadAsync(db => db.Cases.ToListAsync())).ShouldHaveSingleItem();
        opened.ReasonCode.ShouldBe("CONTENT_CONFLICT");
        opened.MessageId.ShouldBe(await room.ReadAsync(db => db.TransactionEvents.Select(e => e.MessageId).SingleAsync()));
        (await room.StatesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_that_waits_or_failed_stays()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("wms", Picked, Events.From("fulfilment.picked", "F-2", new { lines = "none" }, id: "broken"));
        var before = await room.StatesAsync();

        await ArchiveAsync(room);

        (await room.StatesAsync()).ShouldBe(before);
        before.ShouldBe([InboxState.Deferred, InboxState.Failed]);
    }

    [Fact]
    public async Task A_message_that_is_done_leaves_from_behind_many_that_stay()
    {
        await using var room = await EngineTestHost.OpenAsync(null, ("Housekeeping:BatchSize", "10"));
        await room.SayAsync("wms",
            [.. Enumerable.Range(0, 35)
                .Select(i => Events.From("fulfilment.picked", $"F-{i}", new { lines = "none" }, id: $"broken-{i}"))]);
        await room.SayAsync("erp", [.. Enumerable.Range(0, 12).Select(i => Events.Order($"SO-{i}"))]);
        room.Clock.Move(TimeSpan.FromMinutes(31));
        await room.SayAsync("erp", Events.Order("SO-young"));
        var keeper = room.Get<InboxArchiver>();

        (await UntilNothingAsync(keeper.CopyAsync)).ShouldBe(12);
        (await UntilNothingAsync(keeper.RemoveAsync)).ShouldBe(0, "they were copied just now");
        room.Clock.Move(TimeSpan.FromMinutes(6));
        (await UntilNothingAsync(keeper.RemoveAsync)).ShouldBe(12);
        room.Clock.Move(TimeSpan.FromMinutes(31));
        (await UntilNothingAsync(keeper.CopyAsync)).ShouldBe(1, "the young one is old now");

        (await room.StatesAsync()).Count(state => state == InboxState.Failed).ShouldBe(35);
    }

    [Fact]
    public async Task A_fact_can_be_retracted_after_its_message_left()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("erp", Events.Order("SO-1"));
        var before = (await room.OrderAsync("erp:SO-1"))!.State;
        await room.SayAsync("wms", Picked);
        await ArchiveAsync(room);

        await room.SayAsync("wms", Events.From(
            "fulfilment.allocated", "F-9",
            new { references = new { order = "SO-1" }, site = "S1", lines = new[] { new { line = "1", quantity = 5 } } },
            retracts: [new { source = "urn:test", id = "p1" }]));

        (await room.ReadAsync(db =>
            db.TransactionEvents.Where(e => e.Milestone == "fulfilment.picked").Select(e => e.Retracted).SingleAsync())).ShouldBeTrue();
        before.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_transaction_shows_its_events_from_the_archive_and_later_their_facts()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("erp", Events.Order("SO-1", id: "e1"));
        var details = new TransactionDetails(room.Tower, room.Get<ISystemTopologyStore>());
        var sent = await EventAsync(details);
        sent.Payload.GetRawText().ShouldContain("specversion");

        await ArchiveAsync(room);
        (await EventAsync(details)).Payload.GetRawText().ShouldBe(sent.Payload.GetRawText());

        await PurgeAsync(room);
        var kept = await EventAsync(details);
        kept.Payload.GetRawText().ShouldContain("no longer kept");
        kept.Fact.GetRawText().ShouldBe(sent.Fact.GetRawText());
        kept.EventId.ShouldBe("e1");
    }

    [Fact]
    public async Task A_session_whose_transaction_is_idle_is_ended_by_the_server()
    {
        TestedDatabase.OnlyPostgreSQL("SQL Server has no such limit.");
        await using var room = await EngineTestHost.OpenAsync(null, ("Database:IdleInTransactionSeconds", "17"));

        foreach (var db in new[] { room.Tower.CreateDbContext(), room.Tower.CreateReader() })
        {
            (await db.Database.SqlQuery<string>(
                $"SELECT setting AS \"Value\" FROM pg_settings WHERE name = 'idle_in_transaction_session_timeout'").SingleAsync())
                .ShouldBe("17000");
            await db.DisposeAsync();
        }
    }

    [Fact]
    public void Every_query_translates_on_both_databases()
    {
        using var postgres = TowerContexts.Postgres("Host=nowhere");
        using var sqlServer = TowerContexts.SqlServer("Server=nowhere");
        foreach (var db in new Core.Persistence.TowerDbContext[] { postgres, sqlServer })
        {
            InboxScan.Page(db, 1, 10).ToQueryString().ShouldNotBeEmpty();
            OutboxArchiver.Ended(db, TransactionRows.Start).Take(10).ToQueryString().ShouldNotBeEmpty();
            PayloadPurge.NextType(db, "a").ToQueryString().ShouldNotBeEmpty();
            PayloadPurge.NextKind(db, "a").ToQueryString().ShouldNotBeEmpty();
            Core.Housekeeping.Rebuild.Rebuilder.Next(db, 1, TransactionRows.Start).Take(10).ToQueryString().ShouldNotBeEmpty();
            Core.Housekeeping.Rebuild.Rebuilder.Facts(db, [1]).ToQueryString().ShouldNotBeEmpty();
        }
    }

    private static async Task<EventPayload> EventAsync(TransactionDetails details)
    {
        var found = (await details.FindAsync("erp:SO-1", TransactionRows.Auditor, default)).ShouldNotBeNull();
        found.Events[0].EventId.ShouldBe("e1");
        return (await details.EventAsync("erp:SO-1", found.Events[0].Id, TransactionRows.Auditor, default)).ShouldNotBeNull();
    }

    private static async Task<int> UntilNothingAsync(Func<CancellationToken, Task<int>> step)
    {
        var moved = 0;
        for (var last = 1; last > 0; moved += last)
        {
            last = await step(default);
        }

        return moved;
    }

    private static async Task ArchiveAsync(EngineTestHost room)
    {
        room.Clock.Move(TimeSpan.FromMinutes(31));
        await room.Get<InboxArchiver>().CopyAsync();
        room.Clock.Move(TimeSpan.FromMinutes(6));
        await room.Get<InboxArchiver>().RemoveAsync();
    }

    private static async Task PurgeAsync(EngineTestHost room)
    {
        room.Clock.Move(TimeSpan.FromDays(91));
        (await room.Get<PayloadPurge>().PurgeAsync()).ShouldBeGreaterThan(0);
        (await room.ReadAsync(db => db.ArchivedMessages.AnyAsync())).ShouldBeFalse();
    }
}
