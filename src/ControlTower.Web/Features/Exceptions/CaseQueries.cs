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

    /// <summary>Cases that a count of a list with resolved ones in it looks at: history is not counted to draw a page.</summary>
    public const int MostCounted = 2_500;

    /// <summary>One page in the filter's order.</summary>
    public async Task<Page<CaseRow>> PageAsync(CaseFilter filter, Actor actor, string? cursor, int size, CancellationToken cancellation = default)
    {
        await using var db = tower.CreateReader();
        var hits = await HitsAsync(db, filter, actor, cancellation);
        var rows = await RowsAfter(db, filter, actor, hits, CaseCursor.Read(cursor), size + 1).ToListAsync(cancellation);
        return Page.Of(rows, size, CaseShow.Row, row => CaseCursor.Write(filter.ByDue ? row.Case.DueAt : row.Case.OpenedAt, row.Case.Id));
    }

    /// <summary>Ids of what matches, in the list's order: what a bulk action is frozen to.</summary>
    public async Task<IReadOnlyList<long>> IdsAsync(CaseFilter filter, Actor actor, CancellationToken cancellation = default)
    {
        await using var db = tower.CreateReader();
        var hits = await HitsAsync(db, filter, actor, cancellation);
        return await IdsAfter(db, filter, actor, hits, null, MostInBulk).ToListAsync(cancellation);
    }

    /// <summary>The cases of these ids as they are now; one that no longer exists for the actor is left out.</summary>
    public async Task<IReadOnlyList<CaseRow>> RowsOfAsync(IReadOnlyList<long> ids, Actor actor, CancellationToken cancellation = default)
    {
        await using var db = tower.CreateReader();
        var rows = await RowsOf(db, ids, actor).ToListAsync(cancellation);
        return [.. rows.Select(CaseShow.Row)];
    }

    /// <summary>Counts by team and by cause under the filter.</summary>
    public async Task<CaseCounts> CountsAsync(CaseFilter filter, Actor actor, CancellationToken cancellation = default)
    {
        await using var db = tower.CreateReader();
        var hits = await HitsAsync(db, filter, actor, cancellation);
        var teams = await ByTeam(db, filter, actor, hits).ToListAsync(cancellation);
        var causes = await ByCause(db, filter, actor, hits).ToListAsync(cancellation);
        return new CaseCounts(
            teams.ToDictionary(team => team.Key, team => team.Count),
            [.. causes.GroupBy(cause => cause.ReasonCode).Select(CaseShow.Group).OrderByDescending(group => group.Count).ThenBy(group => group.ReasonCode)])
        {
            IsCapped = teams.Sum(team => team.Count) >= MostCounted && !filter.ByDue,
        };
    }

    internal static IQueryable<TeamCount> ByTeam(TowerDbContext db, CaseFilter filter, Actor actor, CaseHits? hits) =>
        Counted(db, filter with { Team = null }, actor, hits).GroupBy(c => c.Team).Select(team => new TeamCount(team.Key, team.Count()));

    internal static IQueryable<CauseCount> ByCause(TowerDbContext db, CaseFilter filter, Actor actor, CaseHits? hits) =>
        Counted(db, filter with { ReasonCode = null }, actor, hits).GroupBy(c => new { c.ReasonCode, c.Currency })
            .Select(cause => new CauseCount(cause.Key.ReasonCode, cause.Key.Currency, cause.Count(), cause.Sum(c => c.AmountAtRisk) ?? 0));

    /// <summary>Open work as a whole, which an index holds; of history the latest.</summary>
    private static IQueryable<ExceptionCase> Counted(TowerDbContext db, CaseFilter filter, Actor actor, CaseHits? hits) => filter.ByDue
        ? Matching(db, filter, actor, hits)
        : InOrder(Matching(db, filter, actor, hits), byDue: false).Take(MostCounted);

    /// <summary>Which cases are on the page is read from an index alone; the rows of those few follow.</summary>
    internal static IQueryable<CaseAndKey> RowsAfter(TowerDbContext db, CaseFilter filter, Actor actor, CaseHits? hits, CaseCursor? after, int most)
    {
        var chosen = IdsAfter(db, filter, actor, hits, after, most);
        return WithKeys(db, InOrder(db.Cases.AsNoTracking().Where(c => chosen.Contains(c.Id)), filter.ByDue));
    }

    internal static IQueryable<long> IdsAfter(TowerDbContext db, CaseFilter filter, Actor actor, CaseHits? hits, CaseCursor? after, int most)
    {
        var cases = Matching(db, filter, actor, hits);
        cases = after is not { } place ? cases : filter.ByDue ? DueAfter(cases, place, db) : OpenedBefore(cases, place, db);
        return InOrder(cases, filter.ByDue).Select(c => c.Id).Take(most);
    }

    // PostgreSQL seeks a row value in the index. SQL Server has none: the redundant first comparison is what lets it seek.
    private static IQueryable<ExceptionCase> DueAfter(IQueryable<ExceptionCase> cases, CaseCursor place, TowerDbContext db)
    {
        var (at, id) = (place.At, place.Id);
        return db is PostgresTowerDbContext
            ? cases.Where(c => EF.Functions.GreaterThan(ValueTuple.Create(c.DueAt, c.Id), ValueTuple.Create(at, id)))
            : cases.Where(c => c.DueAt >= at && (c.DueAt > at || c.Id > id));
    }

    private static IQueryable<ExceptionCase> OpenedBefore(IQueryable<ExceptionCase> cases, CaseCursor place, TowerDbContext db)
    {
        var (at, id) = (place.At, place.Id);
        return db is PostgresTowerDbContext
            ? cases.Where(c => EF.Functions.LessThan(ValueTuple.Create(c.OpenedAt, c.Id), ValueTuple.Create(at, id)))
            : cases.Where(c => c.OpenedAt <= at && (c.OpenedAt < at || c.Id < id));
    }

    private static IQueryable<ExceptionCase> InOrder(IQueryable<ExceptionCase> cases, bool byDue) => byDue
        ? cases.OrderBy(c => c.DueAt).ThenBy(c => c.Id)
        : cases.OrderByDescending(c => c.OpenedAt).ThenByDescending(c => c.Id);

    private static Task<CaseHits?> HitsAsync(TowerDbContext db, CaseFilter filter, Actor actor, CancellationToken cancellation) =>
        CaseSearch.ResolveAsync(db, InOrder(Matching(db, filter, actor, null), filter.ByDue), filter.Search, cancellation);

    internal static IQueryable<CaseAndKey> RowsOf(TowerDbContext db, IReadOnlyList<long> ids, Actor actor) =>
        WithKeys(db, db.Cases.AsNoTracking().VisibleTo(db, actor).Where(c => ids.Contains(c.Id)));

    private static IQueryable<CaseAndKey> WithKeys(TowerDbContext db, IQueryable<ExceptionCase> cases) =>
        cases.Select(c => new CaseAndKey(c, db.Transactions.Where(t => t.Id == c.TransactionId).Select(t => t.Key).FirstOrDefault()));

    internal static IQueryable<ExceptionCase> Matching(TowerDbContext db, CaseFilter filter, Actor actor, CaseHits? hits)
    {
        // Who names one of his sites asks for less than he may see.
        var within = filter.Site is { } named && actor.Sites.Contains(named, StringComparer.Ordinal) ? actor with { Sites = [] } : actor;
        var cases = db.Cases.AsNoTracking().VisibleTo(db, within);

        // Said in so many words: it is what the indexes of open work hold.
        cases = filter.ByDue ? cases.Where(c => c.State != CaseState.Resolved) : cases;
        cases = filter.States.Count > 0 ? cases.Where(c => filter.States.Contains(c.State)) : cases;
        cases = filter.Team is { } team ? cases.Where(c => c.Team == team) : cases;
        cases = filter.ReasonCode is { } reason ? cases.Where(c => c.ReasonCode == reason) : cases;
        cases = filter.Connector is { } connector ? cases.Where(c => c.Connector == connector) : cases;
        cases = filter.Assignee is { } assignee ? cases.Where(c => c.Assignee == assignee) : cases;
        cases = filter.From is { } from ? cases.Where(c => c.OpenedAt >= from) : cases;
        cases = filter.To is { } to ? cases.Where(c => c.OpenedAt < to) : cases;
        cases = filter.Site is { } site ? cases.At(db, [site]) : cases;
        return CaseSearch.Apply(cases, hits);
    }
}

/// <summary>A case with its transaction's key.</summary>
public sealed record CaseAndKey(ExceptionCase Case, string? Transaction);

internal sealed record TeamCount(string Key, int Count);

internal sealed record CauseCount(string ReasonCode, string? Currency, int Count, decimal Amount);
