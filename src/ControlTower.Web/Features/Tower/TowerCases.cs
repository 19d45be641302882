using ControlTower.Core.Cases;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Web.Features.Exceptions;
using ControlTower.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Tower;

/// <summary>The cases that need the viewer.</summary>
internal static class TowerCases
{
    private const int Most = 6;

    /// <summary>
    /// Cases taken from each side, earliest due and highest amount: enough that the most pressing ones are among them.
    /// </summary>
    private const int FromEachSide = 100;

    public static async Task<OpenCases> ReadAsync(ITowerDb towers, TowerView view, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var db = towers.CreateReader();
        var totals = await Totals(db, view, now).ToListAsync(cancellation);
        var candidates = await Candidates(db, view).ToListAsync(cancellation);
        return new(
            Queues(totals.Where(total => !total.IsWaived), view), MostPressing(candidates, now),
            Queues(totals.Where(total => total.IsWaived).Select(total => total with { Overdue = 0, DueAt = null }), view));
    }

    // The states by name as well, as in the list's counts: PostgreSQL then expects fewer cases, and looks up their
    // sites instead of reading those of the whole history.
    internal static IQueryable<CaseTotal> Totals(TowerDbContext db, TowerView view, DateTimeOffset now) =>
        Unresolved(db, view).Where(c => CaseFilter.Unresolved.Contains(c.State)).PartsVisibleTo(db, view.Actor)
            .Select(cases => cases.Select(c => new { IsWaived = c.State == CaseState.Waived, c.Team, c.Currency, c.DueAt, c.AmountAtRisk }))
            .Append(Waived(db, view).Select(c =>
                // In place of the due time, which their index does not have and their row does not show.
                new { IsWaived = c.State == CaseState.Waived, c.Team, c.Currency, DueAt = c.OpenedAt, c.AmountAtRisk }))
            .Aggregate((one, other) => one.Concat(other))
            .GroupBy(c => new { c.IsWaived, c.Team, c.Currency }).Select(g => new CaseTotal(
                g.Key.IsWaived, g.Key.Team, g.Key.Currency, g.Count(), g.Count(c => c.DueAt < now), g.Min(c => c.DueAt),
                g.Sum(c => c.AmountAtRisk ?? 0)));

    /// <summary>As the lists behind them are cut: one for each of the viewer's teams, or one of all.</summary>
    private static IReadOnlyList<CaseQueue> Queues(IEnumerable<CaseTotal> totals, TowerView view) =>
    [
        .. totals.GroupBy(total => view.Teams.Count > 0 ? total.Team : null).Select(team => new CaseQueue(
            team.Key, team.Sum(total => total.Count), team.Sum(total => total.Overdue), team.Min(total => total.DueAt),
            Sums.For(team, total => total.Currency, total => total.AtRisk))),
    ];

    /// <summary>Those of both sides. Chosen by their indexes alone; only the chosen ones' rows are read.</summary>
    internal static IQueryable<UrgentCase> Candidates(TowerDbContext db, TowerView view)
    {
        var open = Unresolved(db, view).VisibleTo(db, view.Actor);
        var first = open.OrderBy(c => c.DueAt).ThenBy(c => c.Id).Select(c => c.Id).Take(FromEachSide);
        var dearest = open.Where(c => c.AmountAtRisk != null).OrderByDescending(c => c.AmountAtRisk).ThenBy(c => c.Id)
            .Select(c => c.Id).Take(FromEachSide);
        var chosen = first.Concat(dearest);
        return db.Cases.Where(c => chosen.Contains(c.Id)).Select(c => new UrgentCase(
            c.Id,
            c.ReasonCode,
            c.Team,
            c.Message,
            db.Transactions.Where(t => t.Id == c.TransactionId).Select(t => t.Key).FirstOrDefault(),
            c.AmountAtRisk,
            c.Currency,
            c.DueAt,
            c.Assignee));
    }

    private static IReadOnlyList<UrgentCase> MostPressing(IEnumerable<UrgentCase> candidates, DateTimeOffset now) =>
    [
        .. candidates.OrderByDescending(c => Urgency.For(c.AmountAtRisk, c.DueAt, now))
            .ThenBy(c => c.Id)
            .Take(Most),
    ];

    /// <summary>What was waived keeps its money at risk until its cause is gone.</summary>
    private static IQueryable<ExceptionCase> Waived(TowerDbContext db, TowerView view) =>
        OfTeams(db.Cases.AsNoTracking().Where(c => c.State == CaseState.Waived), view).VisibleTo(db, view.Actor);

    private static IQueryable<ExceptionCase> OfTeams(IQueryable<ExceptionCase> cases, TowerView view)
    {
        var teams = view.Teams.ToArray();
        return teams.Length > 0 ? cases.Where(c => teams.Contains(c.Team)) : cases;
    }

    private static IQueryable<ExceptionCase> Unresolved(TowerDbContext db, TowerView view) =>
        OfTeams(db.Cases.AsNoTracking().Where(c => c.State < CaseState.Resolved), view);
}

/// <param name="IsWaived">Waived while the cause continues; else open.</param>
/// <param name="Overdue">Meaningless where they are waived, as <paramref name="DueAt"/>.</param>
/// <param name="DueAt">When the first of them is due.</param>
internal sealed record CaseTotal(
    bool IsWaived, string Team, string? Currency, int Count, int Overdue, DateTimeOffset? DueAt, decimal AtRisk);

/// <summary>See <see cref="TowerNeeds"/>.</summary>
internal sealed record OpenCases(IReadOnlyList<CaseQueue> Queues, IReadOnlyList<UrgentCase> First, IReadOnlyList<CaseQueue> Waived);
