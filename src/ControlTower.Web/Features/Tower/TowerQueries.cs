using ControlTower.Core.Decisions;
using ControlTower.Core.Outbox;
using ControlTower.Core.Persistence;
using ControlTower.Core.Time;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Tower;

/// <summary>One look at everything the Tower page shows. Asked for by <see cref="TowerSnapshots"/> only, once for all who see the same.</summary>
internal sealed class TowerQueries(ITowerDb towers, TowerClocks clocks) : ITowerLooker
{
    private readonly SlowFigures _slow = new(clocks);

    /// <summary>Reads within the view's sites, legal entities and teams.</summary>
    public async Task<TowerSnapshot> LookAsync(TowerView view, CancellationToken cancellation)
    {
        await using var db = towers.CreateReader();
        var sets = await TowerFlow.SetsAsync(db, view.Actor, cancellation);
        var totals = await TowerFlow.Totals(db, view.Actor, sets).ToListAsync(cancellation);
        return new(
            clocks.SystemNow,
            clocks.BusinessNow,
            TowerFlow.Stages(totals),
            await NeedsAsync(db, view, totals, cancellation),
            await ConnectorsAsync(db, cancellation),
            await KpisAsync(db, view, sets, totals, cancellation));
    }

    private async Task<TowerNeeds> NeedsAsync(TowerDbContext db, TowerView view, List<FlowTotal> totals, CancellationToken cancellation)
    {
        var now = clocks.BusinessNow;
        var open = TowerCases.Open(db, view);
        var sums = await TowerCases.Totals(db, view, now).ToListAsync(cancellation);
        var first = new List<PressingCase>();
        foreach (var query in TowerCases.Candidates(open, db))
        {
            first.AddRange(await query.ToListAsync(cancellation));
        }

        var waiting = await TowerCases.PendingApprovals(db, view).ToListAsync(cancellation);
        return new(
            sums.Sum(sum => sum.Count),
            sums.Sum(sum => sum.Overdue),
            Sums.Of(sums, sum => sum.Currency, sum => sum.AtRisk),
            totals.Where(total => total.Health == TransactionHealth.Held).Sum(total => total.Count),
            Sums.Of(totals, total => total.Currency, total => total.Held),
            waiting.Sum(w => w.Count),
            Sums.Of(waiting, w => w.Currency, w => w.Amount),
            TowerCases.MostPressing(first, now));
    }

    private static async Task<IReadOnlyList<ConnectorStrip>> ConnectorsAsync(TowerDbContext db, CancellationToken cancellation)
    {
        var waiting = await WaitingCommands(db).ToDictionaryAsync(w => w.Connector, w => w.Count, cancellation);
        var connectors = await db.Connectors.AsNoTracking().OrderBy(c => c.Name).ToListAsync(cancellation);
        return [.. connectors.Select(c => new ConnectorStrip(
            c.Name, c.Role, c.Health, c.Paused, c.LastInboundAt, c.LastOutboundAt, c.LastError, waiting.GetValueOrDefault(c.Name)))];
    }

    private async Task<TowerKpis> KpisAsync(
        TowerDbContext db, TowerView view, string[]? sets, List<FlowTotal> totals, CancellationToken cancellation)
    {
        var slow = await _slow.ReadAsync(view, db, cancellation);
        var now = clocks.BusinessNow;
        var today = await TowerFlow.Moved(db, view.Actor, sets, now - now.TimeOfDay).ToListAsync(cancellation);
        return new(
            slow.OrderToShip,
            slow.LateShare,
            Sums.Of(totals.Where(t => t.Stage != TransactionStage.Cancelled), t => t.Currency, t => t.Amount),
            Sums.Of(totals, t => t.Currency, t => t.Invoiced),
            Sums.Of(totals, t => t.Currency, t => t.Posted),
            Sums.Of(today, t => t.Currency, t => t.Invoiced),
            Sums.Of(today, t => t.Currency, t => t.Posted));
    }

    internal static IQueryable<WaitingCount> WaitingCommands(TowerDbContext db) =>
        db.Commands.Where(c => c.State == CommandState.Pending).GroupBy(c => c.Connector).Select(g => new WaitingCount(g.Key, g.Count()));
}

internal sealed record WaitingCount(string Connector, int Count);
