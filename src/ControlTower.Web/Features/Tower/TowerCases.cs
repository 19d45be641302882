using ControlTower.Core.Cases;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Web.Features.Exceptions;
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

    public static IQueryable<ExceptionCase> Open(TowerDbContext db, TowerView view) => Unresolved(db, view).VisibleTo(db, view.Actor);

    // The states by name as well, as in the list's counts: PostgreSQL then expects fewer cases, and looks up their
    // sites instead of reading those of the whole history.
    public static IQueryable<CaseTotal> Totals(TowerDbContext db, TowerView view, DateTimeOffset now) =>
        Unresolved(db, view).Where(c => CaseFilter.Unresolved.Contains(c.State)).PartsVisibleTo(db, view.Actor)
            .Select(cases => cases.Select(c => new { c.Team, c.Currency, c.DueAt, c.AmountAtRisk }))
            .Aggregate((one, other) => one.Concat(other))
            .GroupBy(c => new { c.Team, c.Currency }).Select(g => new CaseTotal(
                g.Key.Team, g.Key.Currency, g.Count(), g.Count(c => c.DueAt < now), g.Min(c => c.DueAt), g.Sum(c => c.AmountAtRisk ?? 0)));

    /// <summary>As the lists behind them are cut: one for each of the viewer's teams, or one of all.</summary>
    public static IReadOnlyList<CaseQueue> Queues(IEnumerable<CaseTotal> totals, TowerView view) =>
    [
        .. totals.GroupBy(total => view.Teams.Count > 0 ? total.Team : null).Select(team => new CaseQueue(
            team.Key, team.Sum(total => total.Count), team.Sum(total => total.Overdue), team.Min(total => total.DueAt),
            Sums.For(team, total => total.Currency, total => total.AtRisk))),
    ];

    public static IReadOnlyList<IQueryable<UrgentCase>> Candidates(IQueryable<ExceptionCase> open, TowerDbContext db) =>
    [
        Pressing(open.OrderBy(c => c.DueAt).ThenBy(c => c.Id).Select(c => c.Id).Take(FromEachSide), db),
        Pressing(open.Where(c => c.AmountAtRisk != null)
            .OrderByDescending(c => c.AmountAtRisk)
            .ThenBy(c => c.Id)
            .Select(c => c.Id)
            .Take(FromEachSide), db),
    ];

    public static IReadOnlyList<UrgentCase> MostPressing(IEnumerable<UrgentCase> candidates, DateTimeOffset now) =>
    [
        .. candidates.DistinctBy(c => c.Id)
            .OrderByDescending(c => Urgency.For(c.AmountAtRisk, c.DueAt, now))
            .ThenBy(c => c.Id)
            .Take(Most),
    ];

    /// <summary>What was waived keeps its money at risk until its cause is gone.</summary>
    public static IQueryable<CaseTotal> Waived(TowerDbContext db, TowerView view) =>
        OfTeams(db.Cases.AsNoTracking().Where(c => c.State == CaseState.Waived), view).VisibleTo(db, view.Actor)
            .GroupBy(c => new { c.Team, c.Currency })
            .Select(g => new CaseTotal(g.Key.Team, g.Key.Currency, g.Count(), 0, null, g.Sum(c => c.AmountAtRisk ?? 0)));

    private static IQueryable<ExceptionCase> OfTeams(IQueryable<ExceptionCase> cases, TowerView view)
    {
        var teams = view.Teams.ToArray();
        return teams.Length > 0 ? cases.Where(c => teams.Contains(c.Team)) : cases;
    }

    private static IQueryable<ExceptionCase> Unresolved(TowerDbContext db, TowerView view) =>
        OfTeams(db.Cases.AsNoTracking().Where(c => c.State < CaseState.Resolved), view);

    // Chosen by the index alone; only the chosen ones' rows are read.
    private static IQueryable<UrgentCase> Pressing(IQueryable<long> chosen, TowerDbContext db) =>
        db.Cases.Where(c => chosen.Contains(c.Id)).Select(c => new UrgentCase(
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

internal sealed record CaseTotal(string Team, string? Currency, int Count, int Overdue, DateTimeOffset? DueAt, decimal AtRisk);
