using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Streaming;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.EndToEnd.Tests.Engine;
using ControlTower.EndToEnd.Tests.Landscape;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.RabbitMq;

/// <summary>
/// A connector's queues on a real broker: poison, duplicates, back-pressure, pause, and errors as text.
/// </summary>
[Collection(nameof(RabbitCollection))]
public class QueueTests(RabbitServer broker)
{
    private readonly Sender _sender = new(broker);

    [Fact(Skip = RabbitInstall.SkipReason, SkipUnless = nameof(RabbitInstall.IsThere), SkipType = typeof(RabbitInstall))]
    public async Task Poison_becomes_a_case_that_keeps_the_bytes_and_the_facts_behind_it_are_stored()
    {
        await using var room = await PublishingTestHost.OpenAsync();
        await _sender.DeclareAsync("poison");
        await room.RegisterAsync("erp", broker, "\"queues\":[\"poison\"]");
        var large = $"\"{new string('x', 4 * 1024 * 1024)}\"";
        await _sender.PublishAsync(
            "poison", ["no JSON", "{\"a\":1}", large, Events.From("order.invented", "SO-1", new { }), "no JSON", Events.Order("SO-2")]);

        // The fifth case is that no connector takes the release of SO-2.
        var cases = await room.CasesAsync(5);
        (await _sender.WaitingAsync("poison")).ShouldBe(0u);
        cases.Select(c => (c.ReasonCode, c.Connector)).ShouldContain((ReasonCodes.SchemaInvalid, "erp"));
        var kept = cases.Where(c => c.Payload is not null).ToList();
        kept.Select(c => c.Message).ShouldBe(
        [
            "erp sent something that is no CloudEvents event: The body is not JSON.",
            "erp sent something that is no CloudEvents event: specversion must be \"1.0\".",
            "erp sent something that is no CloudEvents event: It has 4194306 bytes, and 4194304 are the most.",
        ], ignoreOrder: true);
        kept.Select(c => c.Payload!.Length).Max().ShouldBe(large.Length);
        (await room.ReadAsync(db => db.Inbox.SingleAsync(m => m.Type == "tower.order.invented.v1"))).State.ShouldBe(InboxState.Failed);
        (await room.ReadAsync(db => db.Transactions.Select(t => t.Key).ToListAsync())).ShouldBe(["erp:SO-2"]);
    }

    [Fact(Skip = RabbitInstall.SkipReason, SkipUnless = nameof(RabbitInstall.IsThere), SkipType = typeof(RabbitInstall))]
    public async Task A_repeated_message_is_a_duplicate_and_an_event_in_binary_mode_is_the_same_event()
    {
        await using var room = await PublishingTestHost.OpenAsync();
        await _sender.DeclareAsync("twice");
        await room.RegisterAsync("erp", broker, "\"queues\":[\"twice\"]");
        await _sender.PublishAsync("twice", [Events.Order("SO-1"), Events.Order("SO-1"), Events.Order("SO-2")]);
        await _sender.PublishAsync("twice",
            ["""{"order":{"number":"SO-3","version":"1","legalEntity":"1000","customer":{"id":"C"},"currency":"USD","lines":[{"line":"1","item":"A","quantity":1,"unit":"EA","amount":1,"site":"S1"}],"total":1}}"""], properties =>
        {
            properties.ContentType = "application/json; charset=utf-8";
            properties.Headers = new Dictionary<string, object?>
            {
                ["cloudEvents:specversion"] = "1.0", ["cloudEvents:id"] = "3", ["cloudEvents:source"] = "urn:test",
                ["cloudEvents:type"] = "tower.order.accepted.v1", ["cloudEvents:subject"] = "SO-3",
                ["cloudEvents:time"] = "2026-03-02T06:00:00Z",
            };
        });

        await Eventually.AsyncIs(async () => await room.ReadAsync(db => db.Transactions.CountAsync()) == 3,
            () =>
                $"Not all orders are there: "
                    + $"{string.Join(" | ", room.ReadAsync(db => db.Cases.Select(c => c.Message).ToListAsync()).Result)}",
                    TimeSpan.FromSeconds(20));
        (await room.ReadAsync(db => db.Inbox.CountAsync(m => m.Connector == "erp"))).ShouldBe(3);
        await Eventually.AsyncIs(async () => await _sender.WaitingAsync("twice") == 0, () => "Not all are acknowledged.");
    }

    [Fact(Skip = RabbitInstall.SkipReason, SkipUnless = nameof(RabbitInstall.IsThere), SkipType = typeof(RabbitInstall))]
    public async Task No_more_than_the_prefetch_is_held_while_the_tower_is_busy()
    {
        await using var room = await PublishingTestHost.OpenAsync();
        await _sender.DeclareAsync("bound");
        await room.RegisterAsync("erp", broker, "\"queues\":[\"bound\"],\"prefetch\":7");
        await room.Get<ConnectorControl>().PauseAsync("erp", Actor.Tower);
        await ConsumersAsync("bound", 0);
        await _sender.PublishAsync("bound", [.. Enumerable.Range(1, 50).Select(i => Events.Order($"SO-{i}"))]);
        var stream = (await room.Get<ConnectorRegistry>().FindAsync("erp"))!.Channel!.Stream!;
        var intake = new BusyIntake();
        using var stop = new CancellationTokenSource();
        var running = stream.RunAsync(intake, stop.Token);

        await intake.Busy.WaitAsync(TestContext.Current.CancellationToken);
        await Eventually.AsyncIs(
            async () => await _sender.WaitingAsync("bound") == 43, () => $"{_sender.WaitingAsync("bound").Result} wait.");
        await stop.CancelAsync();
        intake.Free();
        await Should.ThrowAsync<OperationCanceledException>(running);
        intake.Most.ShouldBeLessThanOrEqualTo(7);
        await Eventually.AsyncIs(
            async () => await _sender.WaitingAsync("bound") == 50 - intake.Count, () => "What was not kept did not go back.");
    }

    [Fact(Skip = RabbitInstall.SkipReason, SkipUnless = nameof(RabbitInstall.IsThere), SkipType = typeof(RabbitInstall))]
    public async Task A_paused_connector_does_not_consume_its_queue_and_continues_when_resumed()
    {
        await using var room = await PublishingTestHost.OpenAsync();
        await _sender.DeclareAsync("paused");
        await room.RegisterAsync("erp", broker, "\"queues\":[\"paused\"]");
        await room.HealthAsync("erp", ConnectorHealth.Healthy);
        await ConsumersAsync("paused", 1);
        (await room.Get<ConnectorControl>().PauseAsync("erp", Actor.Tower, "maintenance")).ShouldBeNull();
        await ConsumersAsync("paused", 0);
        await _sender.PublishAsync("paused", [Events.Order("SO-1")]);
        (await _sender.WaitingAsync("paused")).ShouldBe(1u);

        (await room.Get<ConnectorControl>().ResumeAsync("erp", Actor.Tower)).ShouldBeNull();
        await Eventually.AsyncIs(
            async () => await room.ReadAsync(db => db.Transactions.CountAsync()) == 1, () => "It was not taken after resuming.");
    }

    [Fact(Skip = RabbitInstall.SkipReason, SkipUnless = nameof(RabbitInstall.IsThere), SkipType = typeof(RabbitInstall))]
    public async Task A_deleted_queue_is_reported_and_consumed_again_when_it_exists_again()
    {
        await using var room = await PublishingTestHost.OpenAsync();
        await _sender.DeclareAsync("gone");
        await room.RegisterAsync("erp", broker, "\"queues\":[\"gone\"]");
        await ConsumersAsync("gone", 1);
        await using (var connection = await broker.ConnectAsync())
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken))
        {
            await channel.QueueDeleteAsync(
                "gone", ifUnused: false, ifEmpty: false, cancellationToken: TestContext.Current.CancellationToken);
        }

        await room.HealthAsync("erp", ConnectorHealth.Down);
        (await room.ConnectorAsync("erp")).LastError!.ShouldBe("The broker has no queue gone: NOT_FOUND - no queue 'gone' in vhost '/'.");
        (await room.CasesAsync(1)).Single().ReasonCode.ShouldBe(ReasonCodes.TargetDown);
        await _sender.DeclareAsync("gone");
        await _sender.PublishAsync("gone", [Events.Order("SO-1")]);
        await room.HealthAsync("erp", ConnectorHealth.Healthy);
        await Eventually.AsyncIs(async () => await room.ReadAsync(db => db.Transactions.CountAsync()) == 1, () => "It was not taken.");
    }

    [Fact(Skip = RabbitInstall.SkipReason, SkipUnless = nameof(RabbitInstall.IsThere), SkipType = typeof(RabbitInstall))]
    public async Task A_wrong_password_and_a_missing_queue_are_one_sentence_each_in_test_and_health()
    {
        await using var room = await PublishingTestHost.OpenAsync();
        await room.RegisterAsync("wrong", broker, "\"queues\":[\"any\"]", password: "wrong");
        await room.RegisterAsync("absent", broker, "\"queues\":[\"nowhere\"]", role: "crm");
        await room.RegisterAsync("closed", broker, "\"queues\":[\"any\"],\"vhost\":\"other\"", role: "crm");
        const string refused = "The broker refuses user tower: the password is wrong, or the user may not sign in.";
        const string missing = "The broker has no queue nowhere: NOT_FOUND - no queue 'nowhere' in vhost '/'.";

        (await room.TestAsync("wrong")).ShouldBe([new TestStep(refused, false)]);
        (await room.TestAsync("absent"))
            .ShouldBe([new TestStep("127.0.0.1 took user tower into virtual host /.", true), new TestStep(missing, false)]);
        var step = (await room.TestAsync("closed")).ShouldHaveSingleItem();
        (step.Ok,
            step.Message).ShouldBe((false,
                "User tower may not use virtual host other, or there is none of that name: NOT_ALLOWED - access to vhost 'other' refused "
                    + "for user 'tower'."));

        await room.HealthAsync("wrong", ConnectorHealth.Unauthorised);
        await room.HealthAsync("absent", ConnectorHealth.Down);
        (await room.ConnectorAsync("wrong")).LastError.ShouldBe(refused);
        (await room.ConnectorAsync("absent")).LastError.ShouldBe(missing);
    }

    private Task ConsumersAsync(string queue, uint count) => Eventually.AsyncIs(
        async () =>
        {
            await using var connection = await broker.ConnectAsync();
            await using var channel = await connection.CreateChannelAsync();
            return (await channel.QueueDeclarePassiveAsync(queue)).ConsumerCount == count;
        },
        () => $"{queue} has not {count} consumers.");

    private sealed class BusyIntake : IFactIntake
    {
        private readonly TaskCompletionSource _busy = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _free = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Busy => _busy.Task;

        public int Count { get; private set; }

        public int Most { get; private set; }

        public void Free() => _free.TrySetResult();

        public void Current()
        {
        }

        public async Task<AcceptResult> AcceptAsync(IReadOnlyList<StreamedBody> bodies, CancellationToken cancellation)
        {
            Most = Math.Max(Most, bodies.Count);
            _busy.TrySetResult();
            await _free.Task;
            Count += bodies.Count;
            return new AcceptResult(bodies.Count, 0);
        }
    }
}
