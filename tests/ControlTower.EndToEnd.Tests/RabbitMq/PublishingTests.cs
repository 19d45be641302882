using System.Globalization;
using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Publishing;
using ControlTower.Core.Replay;
using ControlTower.EndToEnd.Tests.Engine;
using ControlTower.EndToEnd.Tests.Exceptions;
using ControlTower.EndToEnd.Tests.Landscape;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.RabbitMq;

/// <summary>
/// Milestones are published to a real broker's exchange: once each under one id, in order, and as cases where no queue
/// is bound.
/// </summary>
[Collection(nameof(RabbitCollection))]
public class PublishingTests(RabbitServer broker)
{
    private readonly Sender _sender = new(broker);

    [Fact(Skip = RabbitInstall.SkipReason, SkipUnless = nameof(RabbitInstall.IsThere), SkipType = typeof(RabbitInstall))]
    public async Task Every_milestone_is_published_in_order_as_an_event_with_its_transaction_and_fact()
    {
        var subscriber = new Subscriber(broker, "tower.calm", "calm.events");
        await subscriber.DeclareAsync();
        await subscriber.BindAsync("milestone.#");
        await using var room = await PublishingTestHost.OpenAsync();
        await room.RegisterAsync("events", broker, "\"exchange\":\"tower.calm\"", role: "crm");
        await RegisterErpAsync(room, "calm.facts");
        await _sender.PublishAsync("calm.facts", Facts(orders: 20, versions: 5));

        await Eventually.AsyncIs(
            async () => await subscriber.ReadAsync() == 100, () => $"{subscriber.All.Count} were published. {Trouble(room)}");
        subscriber.All.Count.ShouldBe(100, "none comes twice while all is well");
        subscriber.All.ShouldAllBe(told => told.IsPersistent && told.Event.GetProperty("id").GetString() == told.Id);
        foreach (var order in subscriber.All.GroupBy(told => told.Subject))
        {
            order.Select(told => told.Sequence)
                .ShouldBe(order.Select(told => told.Sequence).Order(StringComparer.Ordinal), $"{order.Key} is told in its order");
            order.Select(told => told.Event.GetProperty("data").GetProperty("fact").GetProperty("sequence").GetInt64())
                .ShouldBe([1, 2, 3, 4, 5], ignoreOrder: true);
        }

        var first = subscriber.All.Single(told =>
            told.Event.GetProperty("data").GetProperty("fact").GetProperty("id").GetString() == "SO-0001/1");
        first.RoutingKey.ShouldBe("milestone.order.accepted.none");
        (first.Event.GetProperty("type").GetString(),
            first.Event.GetProperty("source").GetString()).ShouldBe(("tower.milestone.order.accepted.v1", "urn:control-tower"));
        first.Event.GetProperty("data").GetProperty("transaction").GetRawText()
            .ShouldBe(
                """{"key":"erp:SO-0001","erp":"erp","order":"SO-0001","legalEntity":"1000","customer":"C1","stage":"accepted","health":"attention"}""");
        await Eventually.AsyncIs(
            async () => await room.ReadAsync(db => db.Publications.CountAsync()) == 0, () => "What is confirmed is not forgotten.");
        (await room.ConnectorAsync("events")).Health.ShouldBe(ConnectorHealth.Healthy);
    }

    [Fact(Skip = RabbitInstall.SkipReason, SkipUnless = nameof(RabbitInstall.IsThere), SkipType = typeof(RabbitInstall))]
    public async Task Although_the_broker_is_killed_every_milestone_is_published_and_its_id_and_bytes_stay()
    {
        const int orders = 150;
        const int versions = 10;
        var subscriber = new Subscriber(broker, "tower.killed", "killed.events");
        await subscriber.DeclareAsync();
        await subscriber.BindAsync("milestone.order.*.*");
        await using var room = await PublishingTestHost.OpenAsync();
        await room.RegisterAsync("events", broker, "\"exchange\":\"tower.killed\"", role: "crm");
        await RegisterErpAsync(room, "killed.facts");
        await _sender.PublishAsync("killed.facts", Facts(orders, versions));

        await Eventually.AsyncIs(async () => await subscriber.ReadAsync() > 200, () => Trouble(room));
        await broker.KillAndRestartAsync();
        await Eventually.AsyncIs(async () => await subscriber.ReadAsync() == orders * versions,
            () => $"{subscriber.All.Count} of {orders * versions} were published. {Trouble(room)}");

        var told = subscriber.All;
        told.GroupBy(t => t.Id).ShouldAllBe(same => same.Select(t => t.Body).Distinct().Count() == 1, "what comes again comes as it was");
        told.DistinctBy(t => t.Id)
            .GroupBy(t => t.Subject)
            .ShouldAllBe(order => order.Select(t => t.Sequence).Distinct().Count() == versions);
        await Eventually.AsyncIs(
            async () => await room.ReadAsync(db => db.Publications.CountAsync()) == 0, () => "Some are still to be published.");
        await room.HealthAsync("events", ConnectorHealth.Healthy);
    }

    [Fact(Skip = RabbitInstall.SkipReason, SkipUnless = nameof(RabbitInstall.IsThere), SkipType = typeof(RabbitInstall))]
    public async Task Milestones_without_a_queue_are_one_case_for_their_routing_key_and_a_replay_publishes_them_once_it_is_bound()
    {
        var subscriber = new Subscriber(broker, "tower.deaf", "deaf.events");
        await using var room = await PublishingTestHost.OpenAsync();
        await room.RegisterAsync("events", broker,
            "\"exchange\":\"tower.deaf\",\"routingKey\":\"m.{stage}.{site}.{legalEntity}\",\"milestones\":[\"order.accepted\"]",
            role: "crm");
        await RegisterErpAsync(room, "deaf.facts");
        await _sender.PublishAsync("deaf.facts", Facts(orders: 7, versions: 2));

        var about = (await room.CasesAsync(1, ReasonCodes.PublicationUnroutable)).Single();
        about.Message.ShouldBe(
            "No queue is bound to exchange tower.deaf for routing key m.accepted.none.1000: milestones published under it reach nobody and "
                + "wait here.");
        await Eventually.AsyncIs(async () =>
            await room.ReadAsync(db => db.Publications.CountAsync(p => p.State == PublicationState.Unroutable)) == 7,
            () => "Not all wait.");

        // A replay before a queue is bound reopens the case.
        (await room.Get<ReplayService>().ReplayAsync(about.Id, CaseTestHost.Operator)).Message
            .ShouldBe("7 milestones are being published by events again, under the same ids.");
        await Eventually.AsyncIs(async () => (await room.CasesAsync(1, ReasonCodes.PublicationUnroutable)).Single().State == CaseState.Open,
            () => "The case did not come back.");
        await Eventually.AsyncIs(async () =>
            await room.ReadAsync(db => db.Publications.CountAsync(p => p.State == PublicationState.Unroutable)) == 7,
            () => "Not all came back.");
        var ids = await room.ReadAsync(db => db.Publications.Select(p => p.EventId).ToListAsync());

        await subscriber.BindAsync("m.#");
        (await room.Get<ReplayService>().ReplayAsync(about.Id, CaseTestHost.Operator)).Refusal.ShouldBeNull();
        await Eventually.AsyncIs(async () => await subscriber.ReadAsync() == 7, () => "They were not published.");
        await room.CasesAsync(0, ReasonCodes.PublicationUnroutable);
        subscriber.All.Select(told => told.Id).ShouldBe(ids, ignoreOrder: true);
        (await room.ReadAsync(db => db.Cases.SingleAsync(c => c.Id == about.Id))).Resolution
            .ShouldBe("Closed by itself: what waited was published.");
    }

    [Fact(Skip = RabbitInstall.SkipReason, SkipUnless = nameof(RabbitInstall.IsThere), SkipType = typeof(RabbitInstall))]
    public async Task A_wrong_or_missing_exchange_is_one_sentence_in_test_and_health_and_milestones_wait()
    {
        await new Subscriber(broker, "tower.direct", "").DeclareAsync("direct");
        await using var room = await PublishingTestHost.OpenAsync();
        await room.RegisterAsync("direct", broker, "\"exchange\":\"tower.direct\"", role: "crm");
        await room.RegisterAsync("forbidden", broker, "\"exchange\":\"theirs\"", role: "crm");
        await room.RegisterAsync("later", broker, "\"exchange\":\"tower.later\"", role: "crm");
        const string other =
            "What the broker has under the name of exchange tower.direct is of another type: PRECONDITION_FAILED - inequivalent arg 'type' "
                + "for exchange 'tower.direct' in vhost '/': received 'topic' but current is 'direct'.";
        const string missing = "The broker has no exchange theirs: NOT_FOUND - no exchange 'theirs' in vhost '/'.";

        (await room.TestAsync("direct"))[^1].ShouldBe(new TestStep(other, false));
        (await room.TestAsync("forbidden"))[^1].Ok.ShouldBeNull();
        await room.HealthAsync("direct", ConnectorHealth.Down);
        await room.HealthAsync("forbidden", ConnectorHealth.Down);
        (await room.ConnectorAsync("direct")).LastError.ShouldBe(other);
        (await room.ConnectorAsync("forbidden")).LastError.ShouldBe(missing);
        await room.HealthAsync("later", ConnectorHealth.Healthy);
        await room.RegisterAsync("forbidden", broker, "\"queues\":[\"theirs\"]", role: "crm");
        await _sender.DeclareAsync("theirs");
        await room.HealthAsync("forbidden", ConnectorHealth.Healthy);
        (await room.TestAsync("later"))[^1]
            .ShouldBe(new TestStep("Exchange tower.later is there and can be published to. Nothing was published.", true));
    }

    [Fact(Skip = RabbitInstall.SkipReason, SkipUnless = nameof(RabbitInstall.IsThere), SkipType = typeof(RabbitInstall))]
    public async Task Nothing_is_written_without_a_publisher_and_milestones_of_a_paused_one_wait()
    {
        var subscriber = new Subscriber(broker, "tower.paused", "paused.events");
        await subscriber.DeclareAsync();
        await subscriber.BindAsync("#");
        await using var room = await PublishingTestHost.OpenAsync();
        await RegisterErpAsync(room, "pausing.facts");
        await _sender.PublishAsync("pausing.facts", [Events.Order("SO-1")]);
        await MergedAsync(room, 1);
        (await room.ReadAsync(db => db.Publications.CountAsync())).ShouldBe(0);

        await room.RegisterAsync("events", broker, "\"exchange\":\"tower.paused\"", role: "crm");
        (await room.Get<ConnectorControl>().PauseAsync("events", Actor.Tower)).ShouldBeNull();
        await _sender.PublishAsync("pausing.facts", [Events.Order("SO-2")]);
        await MergedAsync(room, 2);
        (await room.ReadAsync(db => db.Publications.CountAsync())).ShouldBe(1);
        (await room.Get<ConnectorControl>().ResumeAsync("events", Actor.Tower)).ShouldBeNull();
        await Eventually.AsyncIs(async () => await subscriber.ReadAsync() == 1, () => Trouble(room));
        subscriber.All.Single().Subject.ShouldBe("erp:SO-2");
    }

    private async Task RegisterErpAsync(PublishingTestHost room, string queue)
    {
        await _sender.DeclareAsync(queue);
        await room.RegisterAsync("erp", broker, $"\"queues\":[\"{queue}\"]");
    }

    private static Task MergedAsync(PublishingTestHost room, int count) => Eventually.AsyncIs(
        async () =>
            await room.ReadAsync(db =>
                db.Inbox.CountAsync(m => m.State == InboxState.Applied && !db.Arrivals.Any(a => a.MessageId == m.Id))) == count,
                () => $"Not {count} facts were merged.");

    private static string Trouble(PublishingTestHost room) =>
        string.Join(" | ", room.ReadAsync(db => db.Connectors.Select(c => $"{c.Name}: {c.LastError}").ToListAsync()).Result);

    private static List<string> Facts(int orders, int versions) =>
        [.. Enumerable.Range(1, versions).SelectMany(version => Enumerable.Range(1, orders).Select(order =>
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"SO-{order:0000}");
        return Events.Order(number, $"{number}/{version}", version, version == 1 ? "order.accepted" : "order.changed");
    }))];
}
