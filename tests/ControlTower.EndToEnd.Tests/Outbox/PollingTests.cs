using System.Collections.Concurrent;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Polling;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Connectors;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Outbox;

public sealed class PollingTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string?> _cursors = new();
    private BookkeepingPartner _billing = null!;
    private OutboxTestHost _room = null!;
    private int _events = 7;

    public async ValueTask InitializeAsync()
    {
        _billing = await BookkeepingPartner.StartAsync();
        _billing.Events = context => PageAsync(context, size: 3);
        _room = await OutboxTestHost.OpenAsync();
        await _room.RegisterAsync("billing", Roles.Billing, _billing.BaseUrl, ",\"poll\":true,\"pollSeconds\":3600");
    }

    public async ValueTask DisposeAsync()
    {
        await _room.DisposeAsync();
        await _billing.DisposeAsync();
    }

    [Fact]
    public async Task A_poll_reads_page_after_page_and_commits_the_cursor_with_the_events()
    {
        await PollAsync(_room);

        _cursors.ShouldBe([null, "3", "6", "7"]);
        (await StoredAsync()).ShouldBe(7);
        var billing = await _room.ReadAsync(db => db.Connectors.SingleAsync());
        billing.Cursor.ShouldBe("7");
        billing.NextPollAt!.Value.ShouldBeGreaterThan(TimeProvider.System.GetUtcNow().AddMinutes(50));
    }

    [Fact]
    public async Task A_later_poll_continues_where_the_last_one_ended()
    {
        await PollAsync(_room);
        _events = 8;
        _cursors.Clear();
        (await _room.Get<ConnectorControl>().PollAsync("billing", Actor.Tower)).ShouldBeNull();

        await PollAsync(_room);

        _cursors.ShouldBe(["7", "8"]);
        (await StoredAsync()).ShouldBe(8);
    }

    [Fact]
    public async Task Two_nodes_do_not_poll_the_same_connector_at_once()
    {
        await using var other = _room.Beside();

        await Task.WhenAll(PollAsync(_room), PollAsync(other));

        (await StoredAsync()).ShouldBe(7);
        _cursors.Count(cursor => cursor is null).ShouldBe(1);
    }

    [Fact]
    public async Task A_malformed_event_becomes_a_case_and_the_rest_is_stored()
    {
        _billing.Events = context => context.Response.WriteAsync(
            context.Request.Query.ContainsKey("after")
                ? """{"events":[],"next":"1"}"""
                : $$"""{"events":[{"no":"event"},{{Event(1)}}],"next":"1"}""");

        await PollAsync(_room);

        (await StoredAsync()).ShouldBe(1);
        (await _room.ReadAsync(db => db.Cases.SingleAsync())).ReasonCode.ShouldBe(ReasonCodes.SchemaInvalid);
        (await _room.ReadAsync(db => db.Connectors.SingleAsync())).Cursor.ShouldBe("1");
    }

    [Fact]
    public async Task A_page_that_cannot_be_read_does_not_move_the_cursor()
    {
        _billing.Events = context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };

        await PollAsync(_room);

        var billing = await _room.ReadAsync(db => db.Connectors.SingleAsync());
        billing.Cursor.ShouldBeNull();
        billing.NextPollAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_poll_that_is_stopped_has_ended_and_its_connector_is_polled_again()
    {
        var asked = new TaskCompletionSource();
        var answering = _billing.Events;
        _billing.Events = context =>
        {
            asked.TrySetResult();
            return Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        using var stopping = new CancellationTokenSource();
        await _room.Get<PollWorker>().StartDueAsync(stopping.Token);
        await asked.Task;

        await stopping.CancelAsync();
        await _room.Get<PollWorker>().WhenIdleAsync();

        _billing.Events = answering;
        (await _room.Get<ConnectorControl>().PollAsync("billing", Actor.Tower)).ShouldBeNull();
        await PollAsync(_room);
        (await StoredAsync()).ShouldBe(7);
    }

    private static async Task PollAsync(OutboxTestHost room)
    {
        var worker = room.Get<PollWorker>();
        await worker.StartDueAsync(CancellationToken.None);
        await worker.WhenIdleAsync();
    }

    private Task<int> StoredAsync() => _room.ReadAsync(db => db.Inbox.CountAsync(m => m.Connector == "billing"));

    private Task PageAsync(HttpContext context, int size)
    {
        var after = context.Request.Query["after"].FirstOrDefault();
        _cursors.Enqueue(after);
        var from = after is null ? 0 : int.Parse(after);
        var to = Math.Min(from + size, _events);
        return context.Response.WriteAsync(
            $$"""{"events":[{{string.Join(',', Enumerable.Range(from + 1, to - from).Select(Event))}}],"next":"{{to}}"}""");
    }

    private static string Event(int number) =>
        $$"""{"specversion":"1.0","id":"{{number}}","source":"billing","type":"tower.invoice.issued.v1","subject":"I-{{number}}","data":{"x":1} }""";
}
