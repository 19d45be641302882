using System.Globalization;
using ControlTower.Core.Persistence;
using ControlTower.EndToEnd.Tests.Engine;
using ControlTower.EndToEnd.Tests.Landscape;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.RabbitMq;

/// <summary>
/// The tower's process is killed at the most critical moment of publishing: the broker has confirmed, and the rows are
/// not deleted yet.
/// </summary>
[Collection(nameof(RabbitCollection))]
public class PublisherKillTests(RabbitServer broker)
{
    private const int Orders = 300;
    private const int Versions = 5;
    private readonly Sender _sender = new(broker);

    [Fact(Skip = RabbitInstall.SkipReason, SkipUnless = nameof(RabbitInstall.IsThere), SkipType = typeof(RabbitInstall))]
    public async Task Although_the_tower_is_killed_while_publishing_every_milestone_is_published_in_order()
    {
        TestedDatabase.OnlyPostgreSQL("an advisory lock holds the deletion up.");
        await _sender.DeclareAsync("dying.facts");
        var subscriber = new Subscriber(broker, "tower.dying", "dying.events");
        await subscriber.DeclareAsync();
        await subscriber.BindAsync("milestone.order.*.*");
        await using var tower = await TowerHost.StartAsync(Landscape());

        // The first are published and deleted as usual; while it publishes the others it is killed.
        await _sender.PublishAsync("dying.facts", Facts(from: 1, to: 2));
        await PublishedAsync(tower, subscriber, 2 * Orders);
        var before = subscriber.All.Count;
        await KillBeforeItForgetsAsync(tower, subscriber);
        var untold = subscriber.All.Skip(before).Select(told => told.Id).ToList();
        untold.ShouldNotBeEmpty("it was killed after the broker's confirm");
        (await tower.ReadAsync(db => db.Publications.CountAsync(p => untold.Contains(p.EventId))))
            .ShouldBe(untold.Count, "what was confirmed stands in the table still");

        // Another node takes a dead node's queue after fifteen seconds; here at once.
        await tower.ReadAsync(db => db.JobLeases.Where(lease => lease.Name.StartsWith("publish:")).ExecuteDeleteAsync());
        await tower.RestartAsync();
        await PublishedAsync(tower, subscriber, Versions * Orders);
        var told = subscriber.All;
        told.GroupBy(t => t.Id).ShouldAllBe(same => same.Select(t => t.Body).Distinct().Count() == 1, "what comes again comes as it was");
        told.GroupBy(t => t.Id).Where(same => same.Count() > 1).Select(same => same.Key).ShouldBe(untold, ignoreOrder: true);
        foreach (var order in told.DistinctBy(t => t.Id).GroupBy(t => t.Subject))
        {
            order.Count().ShouldBe(Versions);
            order.Select(t => t.Sequence)
                .ShouldBe(order.Select(t => t.Sequence).Order(StringComparer.Ordinal), $"{order.Key} is told in its order");
        }
    }

    /// <summary>Waits until all of these were published and nothing is left to be published.</summary>
    private static async Task PublishedAsync(TowerHost tower, Subscriber subscriber, int count)
    {
        await Eventually.AsyncIs(
            async () => await subscriber.ReadAsync() == count, () => $"{subscriber.All.Count} were published. {tower.Story}");
        await Eventually.AsyncIs(
            async () => await tower.ReadAsync(db => db.Publications.CountAsync()) == 0, () => "Some are still to be published.");
        await subscriber.ReadAsync();
    }

    /// <summary>
    /// Blocks deletions from the table, sends the rest, and kills the tower while its deletion waits.
    /// </summary>
    private async Task KillBeforeItForgetsAsync(TowerHost tower, Subscriber subscriber)
    {
        await using var db = TowerContexts.Postgres(tower.ConnectionString);
        await db.Database.ExecuteSqlRawAsync(
            """
            CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_xact_lock_shared(1); RETURN NULL; END';
            CREATE TRIGGER hold BEFORE DELETE ON publication EXECUTE FUNCTION hold();
            """);
        await using var holding = await db.Database.BeginTransactionAsync();
        await db.Database.ExecuteSqlRawAsync("SELECT pg_advisory_xact_lock(1)");
        await _sender.PublishAsync("dying.facts", Facts(from: 3, to: Versions));
        await Eventually.AsyncIs(async () => await IsAwaitedAsync(db), () => $"The tower deletes nothing. {tower.Story}");
        await tower.KillAsync();
        await subscriber.ReadAsync();
    }

    /// <summary>Whether a session waits for the lock on this database.</summary>
    private static async Task<bool> IsAwaitedAsync(TowerDbContext db) => await db.Database.SqlQueryRaw<int>(
        """SELECT count(*)::int AS "Value" FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())""").SingleAsync() > 0;

    private string Landscape() => $$"""
        {"sites":[{"code":"S1","name":"Site","timeZone":"UTC","region":"East","area":"east"}],"connectors":[
         {{Body("erp", "erp", "\"queues\":[\"dying.facts\"]")}},{{Body("events", "crm", "\"exchange\":\"tower.dying\"")}}]}
        """;

    private string Body(string name, string role, string settings) => $$"""
        {"name":"{{name}}","kind":"rabbitmq","role":"{{role}}","reports":[],"credentials":{"password":"{{RabbitServer.Password}}"},
         "settings":{"hosts":["127.0.0.1:{{broker.Port.ToString(CultureInfo.InvariantCulture)}}"],"user":"{{RabbitServer.Tower}}",{{settings}}} }
        """;

    private static List<string> Facts(int from, int to) =>
        [.. Enumerable.Range(from, to - from + 1).SelectMany(version => Enumerable.Range(1, Orders).Select(order =>
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"SO-{order:0000}");
        return Events.Order(number, string.Create(CultureInfo.InvariantCulture, $"{number}/{version}"), version,
            version == 1 ? "order.accepted" : "order.changed");
    }))];
}
