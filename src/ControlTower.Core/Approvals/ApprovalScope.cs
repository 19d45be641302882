using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Approvals;

namespace ControlTower.Core.Approvals;

/// <summary>Which requests exist for whom: those of other sites and legal entities are not found.</summary>
public static class ApprovalScope
{
    /// <summary>Requests whose transaction touches the actor's sites and belongs to their legal entities.</summary>
    public static IQueryable<ApprovalRequest> VisibleTo(this IQueryable<ApprovalRequest> requests, TowerDbContext db, Actor actor)
    {
        var sites = actor.Sites;
        var entities = actor.LegalEntities;
        if (sites.Count > 0)
        {
            requests = requests.Where(r => db.TransactionSites.Any(s => s.TransactionId == r.TransactionId && sites.Contains(s.Site)));
        }

        return entities.Count > 0 ? requests.Where(r => entities.Contains(r.LegalEntity)) : requests;
    }
}
