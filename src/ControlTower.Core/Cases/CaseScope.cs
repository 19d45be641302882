using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;

namespace ControlTower.Core.Cases;

/// <summary>Which cases exist for whom: those of other sites and legal entities are not found.</summary>
public static class CaseScope
{
    /// <summary>
    /// Cases of the actor's sites and legal entities. A case without a site belongs to the sites its transaction
    /// touches; one with neither (a message that nobody could correlate, a connector) is not shown to people who are
    /// limited to sites.
    /// </summary>
    public static IQueryable<ExceptionCase> VisibleTo(this IQueryable<ExceptionCase> cases, TowerDbContext db, Actor actor)
    {
        var sites = actor.Sites;
        var entities = actor.LegalEntities;
        if (sites.Count > 0)
        {
            cases = cases.At(db, sites);
        }

        return entities.Count > 0 ? cases.Where(c => c.LegalEntity != null && entities.Contains(c.LegalEntity)) : cases;
    }

    /// <summary>
    /// The same in disjoint parts, for queries over all of them. Cases with a site of their own are found by the
    /// indexes of open work; of the others, those with a transaction have sites, and only theirs are looked up, case by
    /// case.
    /// </summary>
    public static IReadOnlyList<IQueryable<ExceptionCase>> PartsVisibleTo(
        this IQueryable<ExceptionCase> cases, TowerDbContext db, Actor actor)
    {
        var sites = actor.Sites;
        return sites.Count == 0
            ? [cases.VisibleTo(db, actor)]
            :
            [
                cases.Where(c => c.Site != null && sites.Contains(c.Site)).VisibleTo(db, actor with { Sites = [] }),
                cases.Where(c => c.Site == null && c.TransactionId != null).VisibleTo(db, actor),
            ];
    }

    /// <summary>Those that people of one of these sites see.</summary>
    public static IQueryable<ExceptionCase> At(
        this IQueryable<ExceptionCase> cases, TowerDbContext db, IReadOnlyCollection<string> sites) =>
        cases.Where(c => db.CaseSites.Any(s => s.CaseId == c.Id && sites.Contains(s.Site)));
}
