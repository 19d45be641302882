using ControlTower.Core.Approvals;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Approvals;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Approvals;

/// <summary>
/// The requests that the page "Approvals" lists as waiting, with no more of each than is needed to decide who may grant
/// it: what the navigation and the Tower count.
/// </summary>
internal static class WaitingRequests
{
    public static IQueryable<ApprovalRequest> From(TowerDbContext db, Actor actor) => db.Approvals.AsNoTracking()
        .Where(a => a.State == ApprovalState.Pending).VisibleTo(db, actor)
        .OrderBy(a => a.ExpiresAt).ThenBy(a => a.Id).Take(ApprovalQueries.MostWaiting)
        .Select(a => new ApprovalRequest
        {
            Kind = a.Kind,
            Document = a.Document,
            ContentHash = "",
            Amount = a.Amount,
            Currency = a.Currency,
            LegalEntity = a.LegalEntity,
            Reason = "",
            Evidence = "",
            RequestedById = a.RequestedById,
            RequestedBy = a.RequestedBy,
            ExpiresAt = a.ExpiresAt,
        });
}
