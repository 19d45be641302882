using System.Globalization;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.EndToEnd.Tests.Engine;
using ControlTower.EndToEnd.Tests.Landscape;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.RabbitMq;

/// <summary>
/// Facts through a real broker that is stopped, killed and started in the middle, and through a tower that is killed:
/// none lost, none applied twice.
/// </summary>
[Collection(nameof(RabbitCollection))]
public class ConsumingTests(RabbitServer broker)
{
    private const int Orders = 1000;
    private const int Versions = 20;

    [Fact(Skip = RabbitInstall.SkipReason, SkipUnless = nameof(RabbitInstall.IsThere), SkipType = typeof(RabbitInstall))]
    public async Task Of_20000_facts_none_is_lost_and_none_applied_twice_although_broker_and_tower_are_killed()
    {
        var sender = new Sender(broker);
        await sender.DeclareAsync("erp.facts");
        await using var tower = await TowerHost.StartAsync(Landscape(broker.Port, "erp.facts"));
        var facts = Facts();

        var sending = sender.PublishAsync("erp.facts", facts);
        await TakenAsync(tower, 3_000);
        await broker.KillAndRestartAsync();
        await TakenAsync(tower, 8_000);
        await tower.KillAsync();
        await tower.RestartAsync();
        await TakenAsync(tower, 13_000);
        await broker.RestartAsync();
        await sending;

        await Eventually.AsyncIs(async () => await AppliedAsync(tower) == facts.Count,
            () => $"{AppliedAsync(tower).Result} of {facts.Count} were merged. {tower.Story}");
        var ids = await tower.ReadAsync(db => db.Inbox.Where(m => m.Connector == "erp").Select(m => m.EventId).ToListAsync());
        ids.Order(StringComparer.Ordinal)
            .ShouldBe(Ids().Order(StringComparer.Ordinal), "what was published and what was taken are the same");
        (await tower.ReadAsync(db => db.TransactionEvents.CountAsync())).ShouldBe(facts.Count, "each is merged once");
        (await tower.ReadAsync(db => db.Transactions.CountAsync())).ShouldBe(Orders);
        await Eventually.AsyncIs(async () => await sender.WaitingAsync("erp.facts") == 0, () => "Not all are acknowledged.");
    }

    private static string Landscape(int port, string queue) => $$"""
        {"sites":[{"code":"S1","name":"Site","timeZone":"UTC","region":"East","area":"east"}],
         "connectors":[{"name":"erp","kind":"rabbitmq","role":"erp","reports":[],"credentials":{"password":"{{RabbitServer.Password}}"},
         "settings":{"hosts":["127.0.0.1:{{port}}"],"user":"{{RabbitServer.Tower}}","queues":["{{queue}}"],"prefetch":1000} }]}
        """;

    private static List<string> Facts() => [.. Numbers().Select(at => Events.Order(
        Order(at.Order), Id(at.Order, at.Version), at.Version, at.Version == 1 ? "order.accepted" : "order.changed"))];

    private static IEnumerable<string> Ids() => Numbers().Select(at => Id(at.Order, at.Version));

    private static IEnumerable<(int Order, int Version)> Numbers() =>
        Enumerable.Range(1, Versions).SelectMany(version => Enumerable.Range(1, Orders).Select(order => (order, version)));

    private static string Order(int order) => string.Create(CultureInfo.InvariantCulture, $"SO-{order:0000}");

    private static string Id(int order, int version) => string.Create(CultureInfo.InvariantCulture, $"{Order(order)}/{version}");

    private static Task TakenAsync(TowerHost tower, int count) => Eventually.AsyncIs(
        async () => await tower.ReadAsync(db => db.Inbox.CountAsync(m => m.Connector == "erp")) >= count,
        () => $"The tower did not take {count} facts. {tower.Story}");

    private static Task<int> AppliedAsync(TowerHost tower) =>
        tower.ReadAsync(db =>
            db.Inbox.CountAsync(m => m.Connector == "erp" && m.State == InboxState.Applied && !db.Arrivals.Any(a => a.MessageId == m.Id)));
}
