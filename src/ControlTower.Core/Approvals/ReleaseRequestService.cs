using ControlTower.Core.Audit;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Policies;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Core.Policies;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Approvals;

/// <summary>
/// Requests a release: finds the hold, takes a snapshot of its evidence, and creates one request for one content.
/// </summary>
internal sealed class ReleaseRequestService(
    ITowerDb tower, TowerClocks clocks, IPolicyStore policies, AuditTrail audit, IAnnouncer announcer)
{
    private readonly ApprovalRecorder _acts = new(clocks, audit);

    public async Task<ApprovalResult> AskAsync(
        string transactionKey, string? shipment, string? reason, Actor actor, long? caseId, string? shownContent,
        CancellationToken cancellation)
    {
        if (ApprovalRights.ToAsk(actor) is { } refusal)
        {
            return ApprovalResult.Refused(refusal);
        }

        if (string.IsNullOrWhiteSpace(reason) || reason.Length > Lengths.Sentence)
        {
            return ApprovalResult.Refused(ApprovalRefusals.NoReason);
        }

        // Twice: of two concurrent requests one conflicts with the other's row, and then finds it.
        return await ConcurrencyRetry.RepeatAsync(
            () => AskOnceAsync(transactionKey, shipment, reason.Trim(), actor, caseId, shownContent, cancellation), cancellation);
    }

    private async Task<ApprovalResult> AskOnceAsync(
        string transactionKey, string? shipment, string reason, Actor actor, long? caseId, string? shownContent,
        CancellationToken cancellation)
    {
        await using var db = tower.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await FindAsync(db, transactionKey, actor, cancellation) is not { } record)
        {
            return ApprovalResult.Refused(ApprovalRefusals.NoTransaction);
        }

        var holds = await ActiveHolds.OfTransaction(db, record.Id).AsNoTracking().OrderBy(h => h.Id).ToListAsync(cancellation);
        if (Choose(holds, shipment) is var (hold, refusal) && refusal is not null)
        {
            return ApprovalResult.Refused(refusal);
        }

        if (shownContent is not null && shownContent != hold!.ContentHash)
        {
            return ApprovalResult.Refused(ApprovalRefusals.NotAsShown);
        }

        var waiting = await db.Approvals.AsNoTracking().SingleOrDefaultAsync(
            r =>
                r.TransactionId == record.Id && r.Part == hold!.Part && r.ContentHash == hold.ContentHash
                    && r.State == ApprovalState.Pending, cancellation);
        if (waiting is not null)
        {
            return ApprovalResult.From(
                waiting, $"{waiting.RequestedBy} has requested this release already; it waits for a decision.", already: true);
        }

        var request = await AddAsync(db, record, hold!, reason, actor, caseId, cancellation);
        await transaction.CommitAsync(cancellation);
        announcer.Announce(new Change([record.Id], request.CaseId is { } about ? [about] : [], Approvals: true));
        return ApprovalResult.From(request, $"Asked for the release of {ReleaseText.Format(request)}; a finance approver decides.");
    }

    private async Task<ApprovalRequest> AddAsync(
        TowerDbContext db, TransactionRecord record, TransactionHold hold, string reason, Actor actor, long? caseId,
        CancellationToken cancellation)
    {
        var policy = await policies.GetAsync(cancellation);
        var request = new ApprovalRequest
        {
            TransactionId = record.Id,
            CaseId = caseId ?? await CaseOfAsync(db, hold, cancellation),
            Kind = "invoice-release",
            Document = hold.Document,
            Part = hold.Part,
            ContentHash = hold.ContentHash!,
            Amount = hold.Amount!.Value,
            Currency = hold.Currency ?? record.Currency,
            PolicyVersion = policy.Version,
            Site = await SiteOfAsync(db, record.Id, cancellation),
            LegalEntity = record.LegalEntity,
            Reason = reason,
            Evidence = hold.Evidence,
            RequestedById = actor.Id ?? 0,
            RequestedBy = actor.Name,
            RequestedAt = clocks.BusinessNow,
            ExpiresAt = ExpiresAt(policy),
        };
        db.Approvals.Add(request);
        await db.SaveChangesAsync(cancellation);
        _acts.Audit(db, request, null, "requested", actor, record.Key, reason);
        await _acts.WaitAsync(db, request.CaseId, $"Asked for the release of {ReleaseText.Format(request)}.", actor, cancellation);
        await db.SaveChangesAsync(cancellation);
        return request;
    }

    /// <summary>The policy's hours of business time, but never less system time than a person needs.</summary>
    private DateTimeOffset ExpiresAt(PolicySet policy)
    {
        var byPolicy = clocks.BusinessNow + TimeSpan.FromHours(policy.Billing.ApprovalHours);
        var least = clocks.ToBusiness(clocks.SystemNow + TimeSpan.FromMinutes(policy.Approvals.LeastOpenMinutes));
        return byPolicy > least ? byPolicy : least;
    }

    private static async Task<TransactionRecord?> FindAsync(TowerDbContext db, string key, Actor actor, CancellationToken cancellation)
    {
        var sites = actor.Sites;
        var entities = actor.LegalEntities;
        var found = key.Contains(':', StringComparison.Ordinal)
            ? db.Transactions.AsNoTracking().Where(t => t.Key == key)
            : db.Transactions.AsNoTracking().Where(t => t.OrderNumber == key);
        if (sites.Count > 0)
        {
            found = found.Where(t => db.TransactionSites.Any(s => s.TransactionId == t.Id && sites.Contains(s.Site)));
        }

        if (entities.Count > 0)
        {
            found = found.Where(t => entities.Contains(t.LegalEntity));
        }

        return await found.Take(2).ToListAsync(cancellation) is [var only] ? only : null;
    }

    private static (TransactionHold? Hold, Refusal? Refusal) Choose(List<TransactionHold> holds, string? shipment) =>
        (holds.Count, shipment) switch
        {
            (0, _) => (null, ApprovalRefusals.NothingHeld),
            (1, null) => (holds[0], null),
            (_, null) => (null, ApprovalRefusals.Several(holds.Select(h => h.Part))),
            _ => holds.FirstOrDefault(h => h.Part == shipment) is { } hold ? (hold, null) : (null, ApprovalRefusals.NotHeld(shipment)),
        };

    /// <summary>The transaction's one site; null when it touches several.</summary>
    private static async Task<string?> SiteOfAsync(TowerDbContext db, long transactionId, CancellationToken cancellation) =>
        await db.TransactionSites.Where(s => s.TransactionId == transactionId)
            .Select(s => s.Site)
            .Take(2)
            .ToListAsync(cancellation) is [var only] ? only : null;

    /// <summary>
    /// The open case about what is missing under the hold's own reason, so that it waits with the request.
    /// </summary>
    private static Task<long?> CaseOfAsync(TowerDbContext db, TransactionHold hold, CancellationToken cancellation) =>
        db.Cases.Where(c => c.TransactionId == hold.TransactionId && c.State < CaseState.Resolved
                && c.ReasonCode == hold.Code && (hold.Part == null || c.CaseKey.Contains(hold.Part)))
            .OrderBy(c => c.Id).Select(c => (long?)c.Id).FirstOrDefaultAsync(cancellation);
}
