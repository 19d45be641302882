using ControlTower.Core.Exceptions;
using ControlTower.Core.Identity;
using ControlTower.Core.Persistence;
using ControlTower.Core.Transactions;
using ControlTower.Web.Api;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Exceptions;

/// <summary>What the lists of cases read. Only cases that exist for the actor; pages by key.</summary>
public sealed class CaseQueries(ITowerDb tower)
{
    /// <summary>Cases a bulk action takes at most.</summary>
    public const int MostInBulk = 500;

    /// <summary>One page in the filter's order.</summary>
    public async Task<Page<CaseRow>> PageAsync(CaseFilter filter, Actor actor, string? cursor, int size, CancellationToken cancellation = default)
    {
        await using var db = tower.CreateDbContext();
        var rows = await RowsAfter(db, filter, actor, CaseCursor.Read(cursor)).Take(size + 1).ToListAsync(cancellation);
        return Page.Of(rows, size, CaseShow.Row, row => CaseCursor.Write(filter.ByDue ? row.Case.DueAt : row.Case.OpenedAt, row.Case.Id));
    }

    /// <summary>Ids of what matches, in the list's order: what a bulk action is frozen to.</summary>
    public async Task<IReadOnlyList<long>> IdsAsync(CaseFilter filter, Actor actor, CancellationToken cancellation = default)
    {
        await using var db = tower.CreateDbContext();
        return await RowsAfter(db, filter, actor, null).Select(row => row.Case.Id).Take(MostInBulk).ToListAsync(cancellation);
    }

    /// <summary>The cases of these ids as they are now; one that no longer exists for the actor is left out.</summary>
    public async Task<IReadOnlyList<CaseRow>> RowsOfAsync(IReadOnlyList<long> ids, Actor actor, CancellationToken cancellation = default)
    {
        await using var db = tower.CreateDbContext();
        var rows = await RowsOf(db, ids, actor).ToListAsync(cancellation);
        return [.. rows.Select(CaseShow.Row)];
    }

    /// <summary>Counts by team and by cause under the filter.</summary>
    public async Task<CaseCounts> CountsAsync(CaseFilter filter, Actor actor, CancellationToken cancellation = default)
    {
        await using var db = tower.CreateDbContext();
        var teams = await ByTeam(db, filter, actor).ToListAsync(cancellation);
        var causes = await ByCause(db, filter, actor).ToListAsync(cancellation);
        return new CaseCounts(
            teams.ToDictionary(team => team.Key, team => team.Count),
            [.. causes.GroupBy(cause => cause.ReasonCode).Select(CaseShow.Group).OrderByDescending(group => group.Count).ThenBy(group => group.ReasonCode)]);
    }

    internal static IQueryable<TeamCount> ByTeam(TowerDbContext db, CaseFilter filter, Actor actor) =>
        Matching(db, filter with { Team = null }, actor).GroupBy(c => c.Team).Select(team => new TeamCount(team.Key, team.Count()));

    internal static IQueryable<CauseCount> ByCause(TowerDbContext db, CaseFilter filter, Actor actor) =>
        Matching(db, filter with { ReasonCode = null }, actor).GroupBy(c => new { c.ReasonCode, c.Currency })
            .Select(cause => new CauseCount(cause.Key.ReasonCode, cause.Key.Currency, cause.Count(), cause.Sum(c => c.AmountAtRisk) ?? 0));

    internal static IQueryable<CaseAndKey> RowsAfter(TowerDbContext db, CaseFilter filter, Actor actor, CaseCursor? after)
    {
        var cases = Matching(db, filter, actor);
        if (after is { } place)
        {
            cases = filter.ByDue
                ? cases.Where(c => c.DueAt > place.At || (c.DueAt == place.At && c.Id > place.Id))
                : cases.Where(c => c.OpenedAt < place.At || (c.OpenedAt == place.At && c.Id < place.Id));
        }

        var ordered = filter.ByDue
            ? cases.OrderBy(c => c.DueAt).ThenBy(c => c.Id)
            : cases.OrderByDescending(c => c.OpenedAt).ThenByDescending(c => c.Id);
        return WithKeys(db, ordered);
    }

    internal static IQueryable<CaseAndKey> RowsOf(TowerDbContext db, IReadOnlyList<long> ids, Actor actor) =>
        WithKeys(db, db.Cases.AsNoTracking().VisibleTo(db, actor).Where(c => ids.Contains(c.Id)));

    private static IQueryable<CaseAndKey> WithKeys(TowerDbContext db, IQueryable<ExceptionCase> cases) =>
        cases.Select(c => new CaseAndKey(c, db.Transactions.Where(t => t.Id == c.TransactionId).Select(t => t.Key).FirstOrDefault()));

    internal static IQueryable<ExceptionCase> Matching(TowerDbContext db, CaseFilter filter, Actor actor)
    {
        var cases = db.Cases.AsNoTracking().VisibleTo(db, actor);
        cases = filter.States.Count > 0 ? cases.Where(c => filter.States.Contains(c.State)) : cases;
        cases = filter.Team is { } team ? cases.Where(c => c.Team == team) : cases;
        cases = filter.ReasonCode is { } reason ? cases.Where(c => c.ReasonCode == reason) : cases;
        cases = filter.Connector is { } connector ? cases.Where(c => c.Connector == connector) : cases;
        cases = filter.Assignee is { } assignee ? cases.Where(c => c.Assignee == assignee) : cases;
        cases = filter.From is { } from ? cases.Where(c => c.OpenedAt >= from) : cases;
        cases = filter.To is { } to ? cases.Where(c => c.OpenedAt < to) : cases;
        cases = filter.Site is { } site
            ? cases.Where(c => c.Site != null ? c.Site == site : db.TransactionSites.Any(s => s.TransactionId == c.TransactionId && s.Site == site))
            : cases;
        return CaseSearch.Apply(cases, db, filter.Search);
    }
}

/// <summary>A case with its transaction's key.</summary>
public sealed record CaseAndKey(ExceptionCase Case, string? Transaction);

internal sealed record TeamCount(string Key, int Count);

internal sealed record CauseCount(string ReasonCode, string? Currency, int Count, decimal Amount);
