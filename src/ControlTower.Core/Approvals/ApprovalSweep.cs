using ControlTower.Core.Audit;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Persistence.Policies;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Approvals;

/// <summary>
/// Ends requests that nobody decided in time, and those whose hold, content or policy is no longer what was requested.
/// </summary>
public sealed class ApprovalSweep(ITowerDb tower, TowerClocks clocks, IPolicyStore policies, AuditTrail audit, IAnnouncer announcer)
{
    private const int BatchSize = 100;

    private readonly ApprovalRecorder _acts = new(clocks, audit);

    /// <summary>
    /// One pass over at most a hundred requests; returns how many it ended. Several nodes may sweep at once.
    /// </summary>
    public async Task<int> SweepNowAsync(CancellationToken cancellation = default)
    {
        var count = 0;
        foreach (var request in await EndedAsync(cancellation))
        {
            count += await ConcurrencyRetry.RepeatAsync(() => EndAsync(request, cancellation), cancellation);
        }

        return count;
    }

    private async Task<List<ApprovalRequest>> EndedAsync(CancellationToken cancellation)
    {
        await using var db = tower.CreateDbContext();
        var now = clocks.BusinessNow;
        var policy = (await policies.GetAsync(cancellation)).Version;
        return await Ended(db, now, policy).Take(BatchSize).ToListAsync(cancellation);
    }

    internal static IQueryable<ApprovalRequest> Ended(TowerDbContext db, DateTimeOffset now, long policy) =>
        db.Approvals.AsNoTracking()
            .Where(r => r.State == ApprovalState.Pending && (r.ExpiresAt <= now || r.PolicyVersion < policy
                || !db.Holds.Any(h => h.TransactionId == r.TransactionId && h.ClosedAt == null && h.Kind == ActiveHolds.Billing
                    && h.ContentHash == r.ContentHash && h.Amount == r.Amount && h.Part == r.Part)))
            .OrderBy(r => r.RequestedAt).ThenBy(r => r.Id);

    private async Task<int> EndAsync(ApprovalRequest request, CancellationToken cancellation)
    {
        await using var db = tower.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var end = request.ExpiresAt <= clocks.BusinessNow ? ApprovalState.Expired : ApprovalState.Void;
        var now = clocks.BusinessNow;
        if (await db.Approvals.Where(r => r.Id == request.Id && r.State == ApprovalState.Pending).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.State, end).SetProperty(r => r.Version, r => r.Version + 1).SetProperty(r => r.DecidedAt, now),
            cancellation) == 0)
        {
            return 0;
        }

        request.State = end;
        var key = await db.Transactions.Where(t => t.Id == request.TransactionId).Select(t => t.Key).SingleAsync(cancellation);
        _acts.Audit(db, request, ApprovalState.Pending, ApprovalText.Act(end), Actor.Tower, key, null);
        await _acts.ReturnAsync(db, request.CaseId, ApprovalText.Note(request), Actor.Tower, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        announcer.Announce(new Change([request.TransactionId], request.CaseId is { } about ? [about] : [], Approvals: true));
        return 1;
    }
}
