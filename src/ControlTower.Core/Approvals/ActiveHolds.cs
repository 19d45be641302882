using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Persistence.Transactions;

namespace ControlTower.Core.Approvals;

/// <summary>The billing holds that a release is about.</summary>
public static class ActiveHolds
{
    public const string Billing = "billing";

    /// <summary>
    /// Holds of a transaction that a release could end: active billing holds over a known content and amount.
    /// </summary>
    public static IQueryable<TransactionHold> OfTransaction(TowerDbContext db, long transactionId) =>
        db.Holds.Where(h =>
            h.TransactionId == transactionId && h.ClosedAt == null && h.Kind == Billing && h.ContentHash != null && h.Amount != null);

    /// <summary>The hold a request is bound to, when it is still active over exactly that content and amount.</summary>
    public static IQueryable<TransactionHold> OfRequest(TowerDbContext db, ApprovalRequest request) =>
        OfTransaction(db, request.TransactionId)
            .Where(h =>
                h.ContentHash == request.ContentHash && h.Amount == request.Amount && h.Currency == request.Currency
                    && h.Part == request.Part);
}
