using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Web.Shared.Kit.Charts;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Connectors.Detail;

/// <summary>Reads a connector's hours from what is counted with each commit, however many messages and commands there are.</summary>
internal sealed class ConnectorHoursQuery(ITowerDb tower, TowerClocks clocks)
{
    public async Task<ConnectorHours> ReadAsync(string name, CancellationToken cancellation)
    {
        await using var db = tower.CreateReader();
        var now = clocks.SystemNow;
        var first = await First(db).FirstOrDefaultAsync(cancellation);
        var sums = await Sums(db, name, HourSeries.Since(now)).ToDictionaryAsync(sum => sum.Hour, cancellation);
        return new(
            now,
            Series(sum => sum?.Received ?? 0),
            Series(sum => sum?.Attempts ?? 0),
            Series(sum => sum?.Failed ?? 0),
            Series(sum => sum is null ? null : Median(sum)));

        IReadOnlyList<HourValue> Series(Func<ConnectorHourSum?, decimal?> value) =>
            HourSeries.From(now, hour => first is null || hour < first ? null : value(sums.GetValueOrDefault(hour)));
    }

    /// <summary>The first hour of any connector that was counted; nothing is known of the ones before.</summary>
    internal static IQueryable<DateTimeOffset?> First(TowerDbContext db) =>
        db.ConnectorHours.OrderBy(h => h.Hour).Take(1).Select(h => (DateTimeOffset?)h.Hour);

    internal static IQueryable<ConnectorHourSum> Sums(TowerDbContext db, string name, DateTimeOffset since) =>
        db.ConnectorHours.Where(h => h.Connector == name && h.Hour >= since).GroupBy(h => h.Hour).Select(g => new ConnectorHourSum(
            g.Key, g.Sum(h => h.Received), g.Sum(h => h.Attempts), g.Sum(h => h.Failed), g.Sum(h => h.Within5), g.Sum(h => h.Within10),
            g.Sum(h => h.Within25), g.Sum(h => h.Within50), g.Sum(h => h.Within100), g.Sum(h => h.Within250), g.Sum(h => h.Within500),
            g.Sum(h => h.Within1000), g.Sum(h => h.Within2500), g.Sum(h => h.Within5000), g.Sum(h => h.Within10000),
            g.Sum(h => h.Answered)));

    private static decimal? Median(ConnectorHourSum sum) => LatencyHistogram.Median(
    [
        (5, sum.Within5), (10, sum.Within10), (25, sum.Within25), (50, sum.Within50), (100, sum.Within100), (250, sum.Within250),
        (500, sum.Within500), (1000, sum.Within1000), (2500, sum.Within2500), (5000, sum.Within5000), (10_000, sum.Within10000),
    ], sum.Answered);
}

internal sealed record ConnectorHourSum(
    DateTimeOffset Hour, int Received, int Attempts, int Failed, int Within5, int Within10, int Within25, int Within50, int Within100,
    int Within250, int Within500, int Within1000, int Within2500, int Within5000, int Within10000, int Answered);
