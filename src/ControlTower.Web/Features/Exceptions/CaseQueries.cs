using ControlTower.Core.Cases;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Web.Api;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Exceptions;

/// <summary>What the lists of cases read. Only cases that exist for the actor; pages by key.</summary>
public sealed class CaseQueries(ITowerDb tower)
{
    /// <summary>Cases a bulk action takes at most.</summary>
    public const int MostInBulk = 500;

    /// <summary>
    /// Most cases that are counted in a list with resolved ones: the whole history is not counted to show a page.
    /// </summary>
    public const int MostCounted = 2_500;

    private static readonly RowOrder<ExceptionCase> DueFirst =
        RowOrder.ByTime<ExceptionCase>(c => c.DueAt, c => c.Id, newestFirst: false);

    private static readonly RowOrder<ExceptionCase> LatestFirst =
        RowOrder.ByTime<ExceptionCase>(c => c.OpenedAt, c => c.Id, newestFirst: true);

    private static readonly RowOrder<ExceptionCase> MostMoneyFirst =
        RowOrder.ByAmount<ExceptionCase>(c => c.AmountAtRisk ?? 0, c => c.Id);

    /// <summary>One page in the filter's order.</summary>
    public async Task<Page<CaseRow>> PageAsync(
        CaseFilter filter, Actor actor, string? cursor, int size, CancellationToken cancellation = default)
    {
        var hits = await CaseSearch.ResolveAsync(tower, filter, actor, cancellation);
        await using var db = tower.CreateReader();
        var after = RowCursor.Read(cursor, ChoiceText.For(filter.Order));
        var rows = await RowsAfter(db, filter, actor, hits, after, size + 1).ToListAsync(cancellation);
        return Page.From(rows, size, CaseSelection.Row, row => PlaceOf(row.Case, filter.Order).ToString());
    }

    /// <summary>Ids of the matching cases, in the list's order: the frozen selection of a bulk action.</summary>
    public async Task<IReadOnlyList<long>> IdsAsync(CaseFilter filter, Actor actor, CancellationToken cancellation = default)
    {
        var hits = await CaseSearch.ResolveAsync(tower, filter, actor, cancellation);
        await using var db = tower.CreateReader();
        return await IdsAfter(db, filter, actor, hits, null, MostInBulk).ToListAsync(cancellation);
    }

    /// <summary>The cases of these ids as they are now; one that no longer exists for the actor is left out.</summary>
    public async Task<IReadOnlyList<CaseRow>> RowsOfAsync(IReadOnlyList<long> ids, Actor actor, CancellationToken cancellation = default)
    {
        await using var db = tower.CreateReader();
        var rows = await RowsOf(db, ids, actor).ToListAsync(cancellation);
        return [.. rows.Select(CaseSelection.Row)];
    }

    /// <summary>Counts by team and by cause under the filter.</summary>
    public async Task<CaseCounts> CountsAsync(CaseFilter filter, Actor actor, CancellationToken cancellation = default)
    {
        var hits = await CaseSearch.ResolveAsync(tower, filter, actor, cancellation);
        await using var db = tower.CreateReader();
        var queues = await Queues(
            db, filter with { Team = null, ReasonCode = filter.ByDue ? null : filter.ReasonCode }, actor, hits).ToListAsync(cancellation);
        var whole = filter.ByDue || (filter.Team is null && filter.ReasonCode is null);
        var causes = whole ? queues : await Queues(db, filter with { ReasonCode = null }, actor, hits).ToListAsync(cancellation);
        return CaseSelection.Counts(queues, causes, filter, !filter.ByDue && queues.Sum(queue => queue.Count) >= MostCounted);
    }

    /// <summary>Open work under the filter by age, whatever age the filter names; null for a list that has ended cases in it.</summary>
    /// <param name="now">Business time.</param>
    public async Task<CaseAges?> AgesAsync(CaseFilter filter, Actor actor, DateTimeOffset now, CancellationToken cancellation = default)
    {
        if (!filter.ByDue)
        {
            return null;
        }

        var hits = await CaseSearch.ResolveAsync(tower, filter, actor, cancellation);
        await using var db = tower.CreateReader();
        var asOf = CaseAge.AsOf(filter, now);
        return CaseSelection.Ages(await Aged(db, filter, actor, hits, asOf).ToListAsync(cancellation), asOf);
    }

    /// <summary>The rows of the list of each age, counted.</summary>
    internal static IQueryable<AgedMoney> Aged(TowerDbContext db, CaseFilter filter, Actor actor, CaseHits? hits, DateTimeOffset asOf)
    {
        var (hour, hours, day, days) = (asOf - CaseAge.All[0].Most, asOf - CaseAge.All[1].Most, asOf - CaseAge.All[2].Most,
            asOf - CaseAge.All[3].Most);
        return Counted(db, filter with { From = null, To = asOf }, actor, hits)
            .Select(cases => cases.Select(c => new
            {
                Age = c.OpenedAt >= hour ? 0 : c.OpenedAt >= hours ? 1 : c.OpenedAt >= day ? 2 : c.OpenedAt >= days ? 3 : 4,
                c.Currency,
                c.AmountAtRisk,
            }))
            .Aggregate((one, other) => one.Concat(other))
            .GroupBy(c => new { c.Age, c.Currency })
            .Select(age => new AgedMoney(age.Key.Age, age.Key.Currency, age.Count(), age.Sum(c => c.AmountAtRisk) ?? 0));
    }

    /// <summary>
    /// What is listed, by team, cause and currency: one query of open work gives the counts of every team and of every
    /// cause.
    /// </summary>
    internal static IQueryable<QueueCount> Queues(TowerDbContext db, CaseFilter filter, Actor actor, CaseHits? hits) =>
        Counted(db, filter, actor, hits).Select(cases => cases.Select(c => new { c.Team, c.ReasonCode, c.Currency, c.AmountAtRisk }))
            .Aggregate((one, other) => one.Concat(other))
            .GroupBy(c => new { c.Team, c.ReasonCode, c.Currency })
            .Select(queue =>
                new QueueCount(
                    queue.Key.Team, queue.Key.ReasonCode, queue.Key.Currency, queue.Count(), queue.Sum(c => c.AmountAtRisk) ?? 0));

    /// <summary>Open work as a whole, which an index holds; of history the latest.</summary>
    private static IReadOnlyList<IQueryable<ExceptionCase>> Counted(TowerDbContext db, CaseFilter filter, Actor actor, CaseHits? hits) =>
        filter.ByDue
        ? [.. db.Cases.AsNoTracking().PartsVisibleTo(db, Within(filter, actor)).Select(part => Narrowed(part, db, filter, hits))]
        : [InOrder(Matching(db, filter, actor, hits), byDue: false).Take(MostCounted)];

    /// <summary>Which cases are on the page is read from an index alone; the rows of those few follow.</summary>
    internal static IQueryable<CaseAndKey> RowsAfter(
        TowerDbContext db, CaseFilter filter, Actor actor, CaseHits? hits, RowCursor? after, int most)
    {
        var chosen = IdsAfter(db, filter, actor, hits, after, most);
        return WithKeys(db, Order(filter.Order).Sort(db.Cases.AsNoTracking().Where(c => chosen.Contains(c.Id))));
    }

    internal static IQueryable<long> IdsAfter(
        TowerDbContext db, CaseFilter filter, Actor actor, CaseHits? hits, RowCursor? after, int most) =>
        Order(filter.Order).From(Matching(db, filter, actor, hits), after, db).Select(c => c.Id).Take(most);

    private static RowCursor PlaceOf(ExceptionCase about, CaseSort sort) => sort == CaseSort.MostMoney
        ? new RowCursor(ChoiceText.For(sort), about.AmountAtRisk ?? 0, about.Id)
        : RowCursor.At(ChoiceText.For(sort), sort == CaseSort.Due ? about.DueAt : about.OpenedAt, about.Id);

    /// <summary>Open work by what is due first, and history the newest first.</summary>
    internal static IQueryable<ExceptionCase> InOrder(IQueryable<ExceptionCase> cases, bool byDue) =>
        Order(byDue ? CaseSort.Due : CaseSort.Newest).Sort(cases);

    private static RowOrder<ExceptionCase> Order(CaseSort sort) => sort switch
    {
        CaseSort.Due => DueFirst,
        CaseSort.MostMoney => MostMoneyFirst,
        _ => LatestFirst,
    };

    internal static IQueryable<CaseAndKey> RowsOf(TowerDbContext db, IReadOnlyList<long> ids, Actor actor) =>
        WithKeys(db, db.Cases.AsNoTracking().VisibleTo(db, actor).Where(c => ids.Contains(c.Id)));

    private static IQueryable<CaseAndKey> WithKeys(TowerDbContext db, IQueryable<ExceptionCase> cases) =>
        cases.Select(c => new CaseAndKey(c, db.Transactions.Where(t => t.Id == c.TransactionId).Select(t => t.Key).FirstOrDefault()));

    internal static IQueryable<ExceptionCase> Matching(TowerDbContext db, CaseFilter filter, Actor actor, CaseHits? hits) =>
        Narrowed(db.Cases.AsNoTracking().VisibleTo(db, Within(filter, actor)), db, filter, hits);

    /// <summary>Under the filter without its search, for every viewer.</summary>
    internal static IQueryable<ExceptionCase> OfAnybody(TowerDbContext db, CaseFilter filter) =>
        Narrowed(db.Cases.AsNoTracking(), db, filter, null);

    /// <summary>A person who names one of their sites requests less than they may see.</summary>
    private static Actor Within(CaseFilter filter, Actor actor) =>
        filter.Site is { } named && actor.Sites.Contains(named, StringComparer.Ordinal) ? actor with { Sites = [] } : actor;

    private static IQueryable<ExceptionCase> Narrowed(IQueryable<ExceptionCase> cases, TowerDbContext db, CaseFilter filter, CaseHits? hits)
    {
        // The same conditions as in the filters of the indexes of open work and of waived cases.
        cases = filter.ByDue ? cases.Where(c => c.State < CaseState.Resolved) : cases;
        cases = filter.States is [CaseState.Waived] ? cases.Where(c => c.State == CaseState.Waived) : cases;
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

internal sealed record QueueCount(string Team, string ReasonCode, string? Currency, int Count, decimal Amount);
