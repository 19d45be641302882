using System.Security.Cryptography;
using System.Text;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Persistence.Housekeeping;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.EndToEnd.Tests.Transactions;
using ControlTower.Web.Features.Connectors.Detail;
using ControlTower.Web.Shared.Kit.Charts;

namespace ControlTower.EndToEnd.Tests.Connectors;

/// <summary>A connector's last 24 hours, from its messages and attempts.</summary>
public sealed class ConnectorHoursTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = HourSeries.HourOf(TimeProvider.System.GetUtcNow()).AddMinutes(30);

    private TransactionRows _rows = null!;

    public async ValueTask InitializeAsync() => _rows = await TransactionRows.CreateAsync();

    public ValueTask DisposeAsync() => _rows.DisposeAsync();

    [Fact]
    public async Task Messages_of_inbox_and_archive_are_counted_once_and_by_connector()
    {
        await MessageAsync("e-1", "wms", hoursAgo: 30);
        await MessageAsync("e-2", "wms", hoursAgo: 3, inInbox: false);
        await MessageAsync("e-3", "wms", hoursAgo: 3, inArchive: false);
        await MessageAsync("e-4", "wms", hoursAgo: 1);
        await MessageAsync("e-5", "erp", hoursAgo: 1);

        var hours = await ReadAsync("wms");

        Values(hours.Received).ShouldBe([(3, 2m), (1, 1m)]);
        hours.IsCut.ShouldBeFalse();
    }

    [Fact]
    public async Task Attempts_are_counted_with_those_that_failed_and_the_median_time_of_what_was_answered()
    {
        var record = await _rows.AddAsync("SO-1");
        await CommandAsync(record.Id, "wms", 1, (2, 100, AttemptOutcome.Accepted), (2, 300, AttemptOutcome.Rejected),
            (2, 9000, AttemptOutcome.Unknown), (1, null, AttemptOutcome.UnderWay), (1, 1, AttemptOutcome.Cancelled));
        await CommandAsync(record.Id, "erp", 2, (2, 100, AttemptOutcome.NotSent));

        var hours = await ReadAsync("wms");

        Values(hours.Attempts).ShouldBe([(2, 3m)]);
        Values(hours.Failed).ShouldBe([(2, 2m)]);
        Values(hours.Latency).ShouldBe([(2, 200m)]);
    }

    [Fact]
    public void Hours_before_the_newest_rows_are_not_known_rather_than_less()
    {
        var newest = Enumerable.Range(0, ConnectorHoursQuery.Newest).Select(_ => new MessageTime("wms", Now.AddHours(-2))).ToList();

        var hours = ConnectorHoursQuery.From("wms", Now, newest, []);

        hours.IsCut.ShouldBeTrue();
        hours.Received[^3].Value.ShouldBeNull("the hour of the oldest row is not known as a whole");
        hours.Received[^2].Value.ShouldBe(0);
    }

    private async Task<ConnectorHours> ReadAsync(string name) =>
        await new ConnectorHoursQuery(_rows.Tower, TowerClocks.RealTime(new FixedClock())).ReadAsync(name, default);

    private static IEnumerable<(int HoursAgo, decimal Value)> Values(IReadOnlyList<HourValue> series) =>
        series.Where(hour => hour.Value > 0).Select(hour => ((int)(HourSeries.HourOf(Now) - hour.Hour).TotalHours, hour.Value!.Value));

    private async Task MessageAsync(string id, string connector, int hoursAgo, bool inInbox = true, bool inArchive = true)
    {
        await using var db = _rows.CreateDbContext();
        var payload = Encoding.UTF8.GetBytes(id);
        var message = new InboxMessage
        {
            Connector = connector, Source = "urn:a", EventId = id, DedupeKey = SHA256.HashData(payload), ContentHash = [],
            Payload = payload, Type = "tower.order.accepted.v1", AcceptedAt = Now.AddHours(-hoursAgo),
        };
        db.Add(message);
        await db.SaveChangesAsync();
        if (inArchive)
        {
            db.Add(new ArchivedMessage
            {
                Id = message.Id, Connector = connector, Source = "urn:a", EventId = id, Type = message.Type,
                AcceptedAt = message.AcceptedAt, Payload = payload,
            });
        }

        if (!inInbox)
        {
            db.Remove(message);
        }

        await db.SaveChangesAsync();
    }

    private async Task CommandAsync(
        long transaction, string connector, int number, params (int HoursAgo, int? Milliseconds, AttemptOutcome Outcome)[] attempts)
    {
        await using var db = _rows.CreateDbContext();
        var series = CommandKeys.Series(CommandKinds.ReleaseFulfilment, "SO-1", connector);
        var command = new OutboxCommand
        {
            TransactionId = transaction, Kind = CommandKinds.ReleaseFulfilment, Document = "SO-1", Series = series, Number = number,
            Key = CommandKeys.Key(series, number), Connector = connector, LegalEntity = "1000", Body = [1], ContentHash = "",
            CreatedAt = Now, DueAt = Now, TraceParent = "",
        };
        db.Add(command);
        await db.SaveChangesAsync();
        db.AddRange(attempts.Select((attempt, index) => new CommandAttempt
        {
            CommandId = command.Id, Number = index + 1, StartedAt = Now.AddHours(-attempt.HoursAgo),
            EndedAt = attempt.Milliseconds is { } took ? Now.AddHours(-attempt.HoursAgo).AddMilliseconds(took) : null,
            Outcome = attempt.Outcome,
        }));
        await db.SaveChangesAsync();
    }

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
