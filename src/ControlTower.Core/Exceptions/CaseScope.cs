using ControlTower.Core.Identity;
using ControlTower.Core.Persistence;

namespace ControlTower.Core.Exceptions;

/// <summary>Which cases exist for whom: those of other sites and legal entities are not found.</summary>
public static class CaseScope
{
    /// <summary>
    /// Cases of the actor's sites and legal entities. A case without a site belongs to the sites its transaction touches; one with neither (a message that
    /// nobody could place, a connector) is not shown to those who are limited to sites.
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

    /// <summary>Those that people of one of these sites see.</summary>
    public static IQueryable<ExceptionCase> At(this IQueryable<ExceptionCase> cases, TowerDbContext db, IReadOnlyCollection<string> sites) =>
        cases.Where(c => db.CaseSites.Any(s => s.CaseId == c.Id && sites.Contains(s.Site)));
}
