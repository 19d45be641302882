using System.Collections.Concurrent;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Web.Shared.Kit.Charts;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Tower;

/// <summary>Figures over cohorts and hours, read less often than the counts: they change slowly and cost more.</summary>
internal sealed class CachedFigures(ITowerDb towers, TowerClocks clocks)
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(5);

    /// <summary>A reading is used for this many times as long as it took.</summary>
    private const int RestFactor = 20;

    private readonly ConcurrentDictionary<string, Reading> _readings = new(StringComparer.Ordinal);

    /// <param name="sets">See <see cref="TowerFlow.SetsAsync"/>.</param>
    public async Task<Figures> ReadAsync(TowerView view, string[]? sets, CancellationToken cancellation)
    {
        if (_readings.TryGetValue(view.Scope, out var last) && clocks.SystemNow < last.Until)
        {
            return last.Figures;
        }

        var began = clocks.System.GetTimestamp();
        await using var db = towers.CreateReader();
        var figures = await ReadAsync(db, view.Actor, sets, clocks.BusinessNow, cancellation);
        var rest = clocks.System.GetElapsedTime(began) * RestFactor;
        _readings[view.Scope] = new(figures, clocks.SystemNow + (rest > Least ? rest : Least));
        return figures;
    }

    private static async Task<Figures> ReadAsync(
        TowerDbContext db, Actor actor, string[]? sets, DateTimeOffset now, CancellationToken cancellation)
    {
        var shipped = await TowerFigures.LatestShipped(db, actor).ToListAsync(cancellation);
        var delivered = await TowerFigures.LatestDelivered(db, actor).ToListAsync(cancellation);
        var entered = await TowerFlow.Entered(db, actor, sets, HourSeries.Since(now)).ToListAsync(cancellation);
        var (late, atRisk) = await TowerOrders.PromisedAsync(db, actor, cancellation);
        return new(
            TowerFigures.Median([.. shipped.Select(s => s.ShippedAt - s.OrderedAt)]), TowerFigures.Share(delivered), late, atRisk,
            await TowerOrders.HeldOwnersAsync(db, actor, cancellation), TowerFlow.Hours(entered, now));
    }

    private sealed record Reading(Figures Figures, DateTimeOffset Until);

    internal sealed record Figures(
        Trend<TimeSpan> OrderToShip, Trend<decimal> LateShare, PromisedOrders Late, PromisedOrders AtRisk,
        IReadOnlyList<string> HeldOwners, IReadOnlyDictionary<TransactionStage, IReadOnlyList<HourValue>> Hours);
}
