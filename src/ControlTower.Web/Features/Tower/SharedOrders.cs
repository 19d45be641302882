using System.Collections.Concurrent;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Web.Features.Approvals;
using ControlTower.Web.Live;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Tower;

/// <summary>
/// What is the same for all who see the same sites and legal entities, whatever their teams are: one reading serves all
/// who ask at the same time.
/// </summary>
internal sealed class SharedOrders(ITowerDb towers, TowerClocks clocks)
{
    private readonly CachedFigures _slow = new(towers, clocks);
    private readonly ConcurrentDictionary<string, SingleFlight<Reading>> _readings = new(StringComparer.Ordinal);

    public Task<Reading> GetAsync(TowerView view, CancellationToken cancellation) => _readings
        .GetOrAdd(view.Scope, _ => new(() => ReadAsync(view, CancellationToken.None))).GetAsync().WaitAsync(cancellation);

    private async Task<Reading> ReadAsync(TowerView view, CancellationToken cancellation)
    {
        await using var db = towers.CreateReader();
        var sets = await TowerFlow.SetsAsync(db, view.Actor, cancellation);
        var (counting, figuring) = (CountsAsync(db, view.Actor, sets, cancellation), _slow.ReadAsync(view, sets, cancellation));
        await Task.WhenAll(counting, figuring);
        var (totals, waiting) = await counting;
        return new([.. totals.Where(total => !total.OfHours)], [.. totals.Where(total => total.OfHours)], waiting, await figuring);
    }

    private async Task<(List<FlowTotal> Totals, List<ApprovalRequest> Waiting)> CountsAsync(
        TowerDbContext db, Actor actor, string[]? sets, CancellationToken cancellation)
    {
        var now = clocks.BusinessNow;
        var totals = await TowerFlow.Totals(db, actor, sets, now - now.TimeOfDay).ToListAsync(cancellation);
        return (totals, await WaitingRequests.From(db, actor).ToListAsync(cancellation));
    }

    /// <param name="Today">What was invoiced and posted since the business day began.</param>
    internal sealed record Reading(
        IReadOnlyList<FlowTotal> Totals, IReadOnlyList<FlowTotal> Today, IReadOnlyList<ApprovalRequest> Waiting,
        CachedFigures.Figures Slow);
}
