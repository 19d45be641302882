using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Persistence.Policies;
using ControlTower.Core.Policies;
using ControlTower.Web.Features.Approvals;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Tower;

/// <summary>
/// One snapshot of everything the Tower page shows. Called by <see cref="TowerSnapshots"/> only, once for all who see
/// the same.
/// </summary>
internal sealed class TowerQueries(ITowerDb towers, IPolicyStore policies, TowerClocks clocks) : ITowerReader
{
    private readonly CachedFigures _slow = new(clocks);

    /// <summary>
    /// Reads within the view's sites, legal entities and teams: open work and the flow concurrently, each on a
    /// connection of its own, as neither needs the other.
    /// </summary>
    public async Task<TowerSnapshot> ReadAsync(TowerView view, CancellationToken cancellation)
    {
        var reading = OpenWorkAsync(view, cancellation);
        var flowing = FlowAsync(view, cancellation);
        await Task.WhenAll(reading, flowing);
        var (work, flow) = (await reading, await flowing);
        var limits = (await policies.GetAsync(cancellation)).Approvals;
        var needs = Needs(view, work, flow, limits);
        return new(
            clocks.SystemNow, clocks.BusinessNow, TowerFlow.Stages(flow.Totals, flow.Slow.Hours), needs, work.Connectors, Kpis(flow));
    }

    private async Task<OpenWork> OpenWorkAsync(TowerView view, CancellationToken cancellation)
    {
        await using var db = towers.CreateReader();
        var now = clocks.BusinessNow;
        var sums = await TowerCases.Totals(db, view, now).ToListAsync(cancellation);
        var first = new List<UrgentCase>();
        foreach (var query in TowerCases.Candidates(TowerCases.Open(db, view), db))
        {
            first.AddRange(await query.ToListAsync(cancellation));
        }

        return new(
            sums,
            TowerCases.MostPressing(first, now),
            await WaitingRequests.From(db, view.Actor).ToListAsync(cancellation),
            await TowerCases.Waived(db, view).ToListAsync(cancellation),
            await ConnectorsAsync(db, cancellation));
    }

    private async Task<Flow> FlowAsync(TowerView view, CancellationToken cancellation)
    {
        await using var db = towers.CreateReader();
        var now = clocks.BusinessNow;
        var sets = await TowerFlow.SetsAsync(db, view.Actor, cancellation);
        return new(
            await TowerFlow.Totals(db, view.Actor, sets).ToListAsync(cancellation),
            await TowerFlow.Moved(db, view.Actor, sets, now - now.TimeOfDay).ToListAsync(cancellation),
            await _slow.ReadAsync(view, sets, db, cancellation));
    }

    private static async Task<IReadOnlyList<ConnectorStrip>> ConnectorsAsync(TowerDbContext db, CancellationToken cancellation)
    {
        var waiting = await WaitingCommands(db).ToDictionaryAsync(w => w.Connector, w => w.Count, cancellation);
        var connectors = await db.Connectors.AsNoTracking().OrderBy(c => c.Name).ToListAsync(cancellation);
        return [.. connectors.Select(c => new ConnectorStrip(
            c.Name, c.Role, c.Health, c.Paused, c.LastInboundAt, c.LastOutboundAt, c.LastError, waiting.GetValueOrDefault(c.Name))
            { PausedReason = c.PausedReason, PollSeconds = c.Poll ? c.PollSeconds : null })];
    }

    private static TowerNeeds Needs(TowerView view, OpenWork work, Flow flow, ApprovalPolicy limits) => new(
        TowerCases.Queues(work.Cases, view),
        work.MostPressing,
        new(
            flow.Totals.Sum(total => total.OnHold), Sums.For(flow.Totals, total => total.Currency, total => total.Held),
            flow.Slow.HeldOwners),
        flow.Slow.Late,
        flow.Slow.AtRisk,
        work.Waiting,
        limits,
        TowerCases.Queues(work.Waived, view));

    private static TowerKpis Kpis(Flow flow) => new(
        flow.Slow.OrderToShip,
        flow.Slow.LateShare,
        Sums.For(flow.Totals.Where(t => t.Stage != TransactionStage.Cancelled), t => t.Currency, t => t.Amount),
        Sums.For(flow.Totals, t => t.Currency, t => t.Invoiced),
        Sums.For(flow.Totals, t => t.Currency, t => t.Posted),
        Sums.For(flow.Today, t => t.Currency, t => t.Invoiced),
        Sums.For(flow.Today, t => t.Currency, t => t.Posted));

    internal static IQueryable<WaitingCount> WaitingCommands(TowerDbContext db) =>
        db.Commands.Where(c => c.State == CommandState.Pending).GroupBy(c => c.Connector).Select(g => new WaitingCount(g.Key, g.Count()));

    private sealed record OpenWork(
        IReadOnlyList<CaseTotal> Cases, IReadOnlyList<UrgentCase> MostPressing, IReadOnlyList<ApprovalRequest> Waiting,
        IReadOnlyList<CaseTotal> Waived, IReadOnlyList<ConnectorStrip> Connectors);

    private sealed record Flow(IReadOnlyList<FlowTotal> Totals, IReadOnlyList<FlowMoved> Today, CachedFigures.Figures Slow);
}

internal sealed record WaitingCount(string Connector, int Count);
