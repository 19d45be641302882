using ControlTower.Core.Inbox;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Inbox;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Engine;

/// <summary>The inbox stores an event once, however often it is sent and by whom.</summary>
public class AcceptingTests
{
    [Fact]
    public async Task An_event_is_stored_once_and_its_repetition_is_a_duplicate()
    {
        await using var room = await EngineTestHost.OpenAsync();

        (await room.AcceptAsync("erp", Events.Order("SO-1"))).ShouldBe(new AcceptResult(1, 0));
        (await room.AcceptAsync("erp", Events.Order("SO-1"), Events.Order("SO-2"), Events.Order("SO-2"))).ShouldBe(new AcceptResult(1, 2));

        (await room.StatesAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_same_content_written_another_way_is_a_duplicate()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.AcceptAsync("erp", """{"specversion":"1.0","id":"1","source":"s","type":"t","data":{"a":1.50,"b":null}}""");

        var again = await room.AcceptAsync(
            "erp", """{ "type":"t", "data":{"a":1.5}, "source":"s", "id":"1", "specversion":"1.0", "traceparent":"x" }""");

        again.ShouldBe(new AcceptResult(0, 1));
    }

    [Fact]
    public async Task Two_connectors_may_use_the_same_id()
    {
        await using var room = await EngineTestHost.OpenAsync();

        await room.AcceptAsync("erp", Events.Order("SO-1"));

        (await room.AcceptAsync("wms", Events.Order("SO-1"))).ShouldBe(new AcceptResult(1, 0));
    }

    [Fact]
    public async Task Other_content_under_a_known_id_becomes_one_case_and_the_first_counts()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.AcceptAsync("erp", Events.Order("SO-1", id: "e1"));

        await room.AcceptAsync("erp", Events.Order("SO-1", id: "e1", quantity: 7));
        var again = await room.AcceptAsync("erp", Events.Order("SO-1", id: "e1", quantity: 7));

        again.ShouldBe(new AcceptResult(0, 1));
        var opened = (await room.ReadAsync(db => db.Cases.ToListAsync())).ShouldHaveSingleItem();
        opened.ReasonCode.ShouldBe("CONTENT_CONFLICT");
        System.Text.Encoding.UTF8.GetString(opened.Payload!).ShouldContain("\"quantity\":7");
        (await room.StatesAsync()).ShouldBe([InboxState.Pending]);
    }

    [Fact]
    public async Task Concurrent_senders_of_the_same_events_get_one_row_each()
    {
        await using var room = await EngineTestHost.OpenAsync();
        var events = Enumerable.Range(0, 40).Select(i => Events.Order($"SO-{i}")).ToArray();

        var results = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(i => room.AcceptAsync("erp", i % 2 == 0 ? events : [.. events.Reverse()])));

        results.Sum(r => r.Accepted).ShouldBe(40);
        results.Sum(r => r.Duplicates).ShouldBe(19 * 40);
        (await room.StatesAsync()).Count.ShouldBe(40);
    }

    [Theory]
    [InlineData("""{"specversion":"0.3","id":"1","source":"s","type":"t"}""", "specversion must be \"1.0\".")]
    [InlineData("""{"specversion":"1.0","source":"s","type":"t"}""", "id is missing.")]
    [InlineData("""{"specversion":"1.0","id":"","source":"s","type":"t"}""", "id must be a text that is not empty.")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"a\u0000b","type":"t"}""", "source has a zero character.")]
    [InlineData("[]", "An event is a JSON object.")]
    [InlineData("{", "The body is not JSON.")]
    public void A_malformed_event_is_refused_with_its_error(string json, string expected)
    {
        IncomingEvent.Read(System.Text.Encoding.UTF8.GetBytes(json), null, out var fault).ShouldBeNull();

        fault.ShouldBe(expected);
    }
}
