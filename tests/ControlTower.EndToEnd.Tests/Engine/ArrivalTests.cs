using ControlTower.Core.Housekeeping;
using ControlTower.Core.Inbox;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Testing;
using ControlTower.Web.Features.Connectors;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Engine;

/// <summary>An arrival waits by a small row of its own, so that the message's large row is written once.</summary>
public class ArrivalTests
{
    private const string Place = """SELECT ctid::text AS "Value" FROM inbox_message""";

    [Fact]
    public async Task The_row_of_a_message_that_is_applied_on_arrival_is_not_written_again()
    {
        TestedDatabase.OnlyPostgreSQL("the place of a row version is PostgreSQL's.");
        await using var room = await EngineTestHost.OpenAsync();
        await room.AcceptAsync("erp", Events.Order("SO-1"));
        var before = await room.ReadAsync(db => db.Database.SqlQueryRaw<string>(Place).SingleAsync());

        await room.Worker.RunUntilQuietAsync();

        (await room.StatesAsync()).ShouldBe([InboxState.Applied]);
        (await room.ReadAsync(db => db.Database.SqlQueryRaw<string>(Place).SingleAsync())).ShouldBe(before);
        (await room.ReadAsync(db => db.Arrivals.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task A_message_that_a_node_of_the_previous_version_accepted_is_applied()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.AcceptAsync("erp", Events.Order("SO-1"));
        await room.ReadAsync(db => db.Arrivals.ExecuteDeleteAsync());
        await room.ReadAsync(db => db.Inbox.ExecuteUpdateAsync(set => set.SetProperty(m => m.State, InboxState.Pending)));

        await room.Worker.RunUntilQuietAsync();

        (await room.StatesAsync()).ShouldBe([InboxState.Applied]);
        (await room.OrderAsync("erp:SO-1")).ShouldNotBeNull();
    }

    [Fact]
    public async Task An_unclaimed_arrival_is_counted_for_its_connector_and_stays_however_old_it_is()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.AcceptAsync("erp", Events.Order("SO-1"), Events.Order("SO-2"));
        room.Clock.Move(TimeSpan.FromMinutes(90));

        (await room.ReadAsync(db => ConnectorStatusQuery.Unprocessed(db).ToListAsync())).ShouldHaveSingleItem().Count.ShouldBe(2);
        (await room.Get<InboxArchiver>().CopyAsync()).ShouldBe(0);

        await room.Worker.RunUntilQuietAsync();
        (await room.ReadAsync(db => ConnectorStatusQuery.Unprocessed(db).ToListAsync())).ShouldBeEmpty();
        room.Clock.Move(TimeSpan.FromMinutes(11));
        (await room.Get<InboxArchiver>().CopyAsync()).ShouldBe(2, "it looks from the beginning again");
    }

    [Fact]
    public async Task A_conflicts_page_shows_that_the_first_version_still_waits()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.AcceptAsync("erp", Events.Order("SO-1", id: "e1"));
        await room.AcceptAsync("erp", Events.Order("SO-1", id: "e1", quantity: 7));
        var first = await room.ReadAsync(db => db.Cases.Select(c => c.MessageId!.Value).SingleAsync());

        (await room.ReadAsync(db => Archive.MessageAsync(db, first, default)))!.State.ShouldBe(InboxState.Pending);

        await room.Worker.RunUntilQuietAsync();
        (await room.ReadAsync(db => Archive.MessageAsync(db, first, default)))!.State.ShouldBe(InboxState.Applied);
    }

    [Fact]
    public async Task A_message_that_has_to_wait_again_waits_by_its_own_state()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.SayAsync("wms", Events.Picked("F-1", new { order = "SO-1" }));
        (await room.StatesAsync()).ShouldBe([InboxState.Deferred]);
        (await room.ReadAsync(db => db.Arrivals.CountAsync())).ShouldBe(0);

        await room.SayAsync("erp", Events.Order("SO-1"));

        (await room.StatesAsync()).ShouldBe([InboxState.Applied, InboxState.Applied]);
    }
}
