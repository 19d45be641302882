using ControlTower.Core.Connectors.Hours;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.EndToEnd.Tests.Transactions;
using ControlTower.Testing;
using ControlTower.Web.Features.Connectors.Detail;
using ControlTower.Web.Shared.Kit.Charts;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Connectors;

/// <summary>A connector's last 24 hours, read from what is counted with the commits.</summary>
public sealed class ConnectorHoursTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = HourSeries.HourOf(TimeProvider.System.GetUtcNow()).AddMinutes(30);

    private static readonly TowerClocks Clocks = TowerClocks.RealTime(new FixedClock());

    private TransactionRows _rows = null!;

    public async ValueTask InitializeAsync() => _rows = await TransactionRows.CreateAsync();

    public ValueTask DisposeAsync() => _rows.DisposeAsync();

    [Fact]
    public async Task An_hours_figures_are_the_sums_of_the_connectors_rows()
    {
        await AddAsync(Row("wms", 30, received: 9), Row("wms", 3, received: 1, attempts: 4, failed: 3),
            Row("wms", 3, received: 1, attempts: 0, failed: -1), Row("wms", 1, received: 1), Row("erp", 1, received: 7));

        var hours = await ReadAsync("wms");

        Values(hours.Received).ShouldBe([(3, 2m), (1, 1m)]);
        Values(hours.Attempts).ShouldBe([(3, 4m)]);
        Values(hours.Failed).ShouldBe([(3, 2m)]);
        hours.Received[^3].Value.ShouldBe(0, "nothing came");
        hours.Latency.ShouldAllBe(hour => hour.Value == null);
        hours.IsCut.ShouldBeFalse();
    }

    [Fact]
    public async Task Hours_before_the_first_that_was_counted_are_not_known_rather_than_empty()
    {
        await AddAsync(Row("erp", 4, received: 1), Row("wms", 2, received: 1));

        var hours = await ReadAsync("wms");

        hours.IsCut.ShouldBeTrue();
        hours.Received[^6].Value.ShouldBeNull();
        hours.Received[^5].Value.ShouldBe(0);
        hours.Received[^3].Value.ShouldBe(1);
    }

    [Fact]
    public async Task A_connector_of_which_nothing_is_counted_has_no_figures() =>
        (await ReadAsync("wms")).Received.ShouldAllBe(hour => hour.Value == null);

    [Fact]
    public async Task A_fold_keeps_every_figure_in_one_row_for_a_connector_and_hour()
    {
        await AddAsync([.. Enumerable.Range(0, 60).Select(i => Row("wms", i % 3, received: i, attempts: 2, failed: 1))]);
        await AddAsync(Row("erp", 1, attempts: 1, failed: 1), Row("erp", 1, attempts: -1, failed: -1));
        var before = await ReadAsync("wms");

        await using var db = _rows.CreateDbContext();
        await new ConnectorHourService(_rows.Tower, Clocks).FoldNowAsync(db, default);

        Values((await ReadAsync("wms")).Received).ShouldBe(Values(before.Received));
        Values((await ReadAsync("wms")).Failed).ShouldBe(Values(before.Failed));
        (await db.ConnectorHours.CountAsync()).ShouldBe(3, "what adds up to nothing has no row");
    }

    [Fact]
    public async Task Hours_that_are_older_than_kept_are_deleted()
    {
        await AddAsync([.. Enumerable.Range(0, 1000).Select(i => Row("wms", i % 2 == 0 ? 73 : 71, received: 1))]);

        await new ConnectorHourService(_rows.Tower, Clocks).FoldAsync(TimeSpan.FromDays(3));

        await using var db = _rows.CreateDbContext();
        var row = await db.ConnectorHours.SingleAsync();
        (row.Hour, row.Received).ShouldBe((HourSeries.HourOf(Now).AddHours(-71), 500));
    }

    [Fact]
    public async Task Reading_finds_a_connectors_hours_by_their_index_and_reads_no_message_and_no_command()
    {
        TestedDatabase.OnlyPostgreSQL("it reads PostgreSQL's plan and statistics.");
        await AddAsync([.. Enumerable.Range(0, 6000).Select(i => Row($"c{i % 50}", i % 48, received: 1))]);
        await using var db = _rows.CreateDbContext();
        await db.Database.ExecuteSqlRawAsync("ANALYZE connector_hour");
        var since = HourSeries.Since(Now);

        var plan = await db.Database.SqlQueryRaw<string>("""
            EXPLAIN SELECT hour, sum(received) FROM connector_hour WHERE connector = 'c7' AND hour >= {0} GROUP BY hour
            """, since).ToListAsync();

        plan.ShouldContain(line => line.Contains("ix_connector_hour_hour_connector", StringComparison.Ordinal));
        foreach (var query in new IQueryable[] { ConnectorHoursQuery.First(db), ConnectorHoursQuery.Sums(db, "c7", since) })
        {
            var sql = query.ToQueryString();
            sql.ShouldContain("connector_hour");
            sql.ShouldNotContain("inbox_");
            sql.ShouldNotContain("outbox_");
            sql.ShouldNotContain("command_attempt");
        }
    }

    private async Task<ConnectorHours> ReadAsync(string name) =>
        await new ConnectorHoursQuery(_rows.Tower, Clocks).ReadAsync(name, default);

    private static List<(int HoursAgo, decimal Value)> Values(IReadOnlyList<HourValue> series) =>
    [
        .. series.Where(hour => hour.Value > 0)
            .Select(hour => ((int)(HourSeries.HourOf(Now) - hour.Hour).TotalHours, hour.Value!.Value)),
    ];

    private static ConnectorHour Row(string connector, int hoursAgo, int received = 0, int attempts = 0, int failed = 0) => new()
    {
        Connector = connector, Hour = HourSeries.HourOf(Now).AddHours(-hoursAgo), Received = received, Attempts = attempts,
        Failed = failed,
    };

    private async Task AddAsync(params ConnectorHour[] rows)
    {
        await using var db = _rows.CreateDbContext();
        db.AddRange(rows);
        await db.SaveChangesAsync();
    }

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
