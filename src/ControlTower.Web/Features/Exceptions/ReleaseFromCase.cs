using ControlTower.Core.Approvals;
using ControlTower.Core.Cases;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Exceptions;

/// <summary>Requests the release that a case is about: its order, and the shipment it names.</summary>
public sealed class ReleaseFromCase(ITowerDb tower, ApprovalService approvals)
{
    /// <param name="shipment">Which held invoice; null takes the one the case is about.</param>
    /// <param name="shownContent">Content hash of the invoice that the person was shown; null where nothing was shown.</param>
    public async Task<ApprovalResult> AskAsync(
        long caseId, string? reason, string? shipment, Actor actor, string? shownContent = null, CancellationToken cancellation = default)
    {
        await using var db = tower.CreateReader();
        var found = await db.Cases.AsNoTracking().VisibleTo(db, actor).Where(c => c.Id == caseId)
            .Select(c => new CaseAndKey(c, db.Transactions.Where(t => t.Id == c.TransactionId).Select(t => t.Key).FirstOrDefault()))
            .SingleOrDefaultAsync(cancellation);
        if (found is null)
        {
            return Refused(Refusal.NotFound("There is no such exception."));
        }

        if (found.Transaction is not { } key)
        {
            return Refused(Refusal.Conflict("This exception is about no order, so there is no invoice to release."));
        }

        return await approvals.RequestReleaseAsync(
            key, shipment ?? await NamedAsync(db, found.Case, cancellation), reason, actor, caseId, shownContent, cancellation);
    }

    private static async Task<string?> NamedAsync(TowerDbContext db, ExceptionCase about, CancellationToken cancellation) =>
        about.TransactionId is not { } id ? null
        : HeldInvoices.Named(about.CaseKey,
            await ActiveHolds.OfTransaction(db, id).Where(h => h.Part != null).Select(h => h.Part!).ToListAsync(cancellation));

    private static ApprovalResult Refused(Refusal refusal) => new(null, refusal, refusal.Message);
}
