using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Transactions;

namespace ControlTower.Web.Features.Transactions;

/// <summary>What an actor may see: their sites for the warehouse and logistics, their legal entities for finance.
/// Everything else does not exist for them.</summary>
public static class TransactionScope
{
    public static IQueryable<TransactionRecord> VisibleTo(this IQueryable<TransactionRecord> transactions, Actor actor, TowerDbContext db)
    {
        if (actor.Sites.Count > 0)
        {
            var sites = actor.Sites.ToArray();
            transactions = transactions.Where(t => db.TransactionSites.Any(s => s.TransactionId == t.Id && sites.Contains(s.Site)));
        }

        if (actor.LegalEntities.Count > 0)
        {
            var entities = actor.LegalEntities.ToArray();
            transactions = transactions.Where(t => entities.Contains(t.LegalEntity));
        }

        return transactions;
    }
}
