using ControlTower.Core.Audit;
using ControlTower.Core.Facts;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Persistence.Policies;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Approvals;

/// <summary>
/// Dual control over held invoices. A request is bound to one invoice content, amount and policy version; granting it
/// is one database transaction that decides the request, writes the signed fact <c>approval.granted</c> into the inbox
/// and adds its audit entry. A crash leaves all or nothing.
/// </summary>
public sealed class ApprovalService(
    ITowerDb tower,
    TowerClocks clocks,
    IPolicyStore policies,
    InboxWriter inbox,
    EngineSignal engine,
    AuditTrail audit,
    IAnnouncer announcer)
{
    private readonly ReleaseRequestService _asking = new(tower, clocks, policies, audit, announcer);
    private readonly ApprovalRecorder _acts = new(clocks, audit);

    /// <summary>
    /// Requests the release of a held invoice. A second request for the same content returns the pending one.
    /// </summary>
    /// <param name="transactionKey"><c>{erp}:{order}</c>, or an order number that only one ERP uses.</param>
    /// <param name="shipment">Which of several held invoices; null when there is one.</param>
    /// <param name="caseId">The case the release is requested from, which then waits for the decision.</param>
    /// <param name="shownContent">
    /// Content hash of the held invoice that the person was shown: the request is refused when the content changed
    /// since. Null where nothing was shown.
    /// </param>
    public Task<ApprovalResult> RequestReleaseAsync(
        string transactionKey, string? shipment, string? reason, Actor actor, long? caseId = null, string? shownContent = null,
        CancellationToken cancellation = default) =>
        _asking.AskAsync(transactionKey, shipment, reason, actor, caseId, shownContent, cancellation);

    /// <summary>
    /// Grants a request. Role, limit and scopes are read in the deciding transaction, not taken from the caller's page.
    /// Refused to API keys, to people who are not finance approvers, to the requester, over the limit, and after its
    /// expiry. When the hold, its content or the policy is no longer what was requested, the request becomes void. Of
    /// several concurrent grants one succeeds.
    /// </summary>
    public Task<ApprovalResult> ApproveAsync(long id, Actor actor, string? comment = null, CancellationToken cancellation = default) =>
        DecideAsync(id, actor, ApprovalState.Approved, comment, cancellation);

    /// <summary>Rejects a request with a reason; the hold remains.</summary>
    public Task<ApprovalResult> RejectAsync(long id, Actor actor, string? comment, CancellationToken cancellation = default) =>
        DecideAsync(id, actor, ApprovalState.Rejected, comment, cancellation);

    private async Task<ApprovalResult> DecideAsync(long id, Actor actor, ApprovalState to, string? comment, CancellationToken cancellation)
    {
        if (comment?.Length > Lengths.Sentence || (to == ApprovalState.Rejected && string.IsNullOrWhiteSpace(comment)))
        {
            return ApprovalResult.Refused(ApprovalRefusals.NoReason);
        }

        var result = await ConcurrencyRetry.RepeatAsync(() => DecideOnceAsync(id, actor, to, comment?.Trim(), cancellation), cancellation);
        if (result.Request is { } request)
        {
            engine.Raise();
            announcer.Announce(new Change([request.TransactionId], request.CaseId is { } about ? [about] : [], Approvals: true));
        }

        return result;
    }

    private async Task<ApprovalResult> DecideOnceAsync(
        long id, Actor asked, ApprovalState to, string? comment, CancellationToken cancellation)
    {
        await using var db = tower.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await CurrentPerson.LockAsync(tower, db, asked, cancellation) is not { } actor)
        {
            return ApprovalResult.Refused(ApprovalRefusals.AccountClosed);
        }

        if (ApprovalRights.ToDecide(actor) is { } notTheirs)
        {
            return ApprovalResult.Refused(notTheirs);
        }

        var result = await DecideOnceAsync(db, id, actor, to, comment, cancellation);
        if (result.Request is not null)
        {
            await transaction.CommitAsync(cancellation);
        }

        return result;
    }

    /// <summary>
    /// A result with a request must be committed, even when the request ended in another state than the caller wanted.
    /// </summary>
    private async Task<ApprovalResult> DecideOnceAsync(
        TowerDbContext db, long id, Actor actor, ApprovalState to, string? comment, CancellationToken cancellation)
    {
        var request = await db.Approvals.AsNoTracking().VisibleTo(db, actor).SingleOrDefaultAsync(r => r.Id == id, cancellation);
        if (request is null)
        {
            return ApprovalResult.Refused(ApprovalRefusals.NotFound);
        }

        var policy = await policies.GetAsync(cancellation);
        var refusal = request.State != ApprovalState.Pending ? ApprovalRefusals.Decided(request)
            : to == ApprovalState.Approved ? ApprovalRights.ToApprove(actor, request, policy.Approvals)
            : ApprovalRights.ToReject(actor, request);
        if (refusal is not null)
        {
            return ApprovalResult.Refused(refusal);
        }

        var key = await db.Transactions.Where(t => t.Id == request.TransactionId).Select(t => t.Key).SingleAsync(cancellation);
        var (end, error) = to == ApprovalState.Approved ? await ValidateAsync(db, request, cancellation) : (to, null);
        if (!await CompareAndSetAsync(db, request, end, actor, comment, cancellation))
        {
            return await BeatenAsync(db, id, cancellation);
        }

        await WriteAsync(db, request, key, error?.Message ?? comment, error is null ? actor : Actor.Tower, cancellation);
        return error is not null ? new ApprovalResult(request, error, error.Message)
            : ApprovalResult.From(request, end == ApprovalState.Approved
                ? $"Released {ReleaseText.Format(request)}; it goes out now."
                : "Refused; the invoice stays held.");
    }

    /// <summary>
    /// Whether the requested hold, content and policy are still current, in the transaction that decides (I4).
    /// </summary>
    private async Task<(ApprovalState End, Refusal? Fault)> ValidateAsync(
        TowerDbContext db, ApprovalRequest request, CancellationToken cancellation) =>
        request.ExpiresAt <= clocks.BusinessNow ? (ApprovalState.Expired, ApprovalRefusals.Expired)
        : request.PolicyVersion < (await policies.GetAsync(cancellation)).Version ? (ApprovalState.Void, ApprovalRefusals.PolicyChanged)
        : await ActiveHolds.OfRequest(db, request).AnyAsync(cancellation) ? (ApprovalState.Approved, null)
        : (ApprovalState.Void, ApprovalRefusals.Changed);

    /// <summary>
    /// Of several concurrent decisions one wins: the update takes the row's lock and changes it only while it is
    /// pending.
    /// </summary>
    private async Task<bool> CompareAndSetAsync(
        TowerDbContext db, ApprovalRequest request, ApprovalState end, Actor actor, string? comment, CancellationToken cancellation)
    {
        var byPerson = end is ApprovalState.Approved or ApprovalState.Rejected;
        (request.State, request.Version, request.DecidedAt) = (end, request.Version + 1, clocks.BusinessNow);
        (request.DecidedById, request.DecidedBy, request.Comment) = byPerson ? (actor.Id, actor.Name, comment) : (null, null, null);
        return await db.Approvals.Where(r => r.Id == request.Id && r.State == ApprovalState.Pending).ExecuteUpdateAsync(
            set =>
                set.SetProperty(r => r.State, end)
                    .SetProperty(r => r.Version, request.Version)
                    .SetProperty(r => r.DecidedAt, request.DecidedAt)
                .SetProperty(r => r.DecidedById, request.DecidedById).SetProperty(r => r.DecidedBy, request.DecidedBy)
                .SetProperty(r => r.Comment, request.Comment),
            cancellation) == 1;
    }

    private async Task WriteAsync(
        TowerDbContext db, ApprovalRequest request, string key, string? text, Actor actor, CancellationToken cancellation)
    {
        _acts.Audit(db, request, ApprovalState.Pending, ApprovalText.Act(request.State), actor, key, text);
        if (request.State == ApprovalState.Approved)
        {
            _acts.Note(db, request.CaseId, ApprovalText.Note(request), actor);
            await inbox.WriteAsync(db, BuiltInConnectors.People.Name, [Granted(request, key, actor)], cancellation);
        }
        else
        {
            await _acts.ReturnAsync(db, request.CaseId, ApprovalText.Note(request), actor, cancellation);
        }

        await db.SaveChangesAsync(cancellation);
    }

    private static async Task<ApprovalResult> BeatenAsync(TowerDbContext db, long id, CancellationToken cancellation) =>
        ApprovalResult.Refused(ApprovalRefusals.Decided(await db.Approvals.AsNoTracking().SingleAsync(r => r.Id == id, cancellation)));

    private IncomingEvent Granted(ApprovalRequest request, string transactionKey, Actor actor)
    {
        var said = InternalEvents.ApprovalGranted(
            transactionKey,
            new ApprovalSnapshot(request.Id, request.Kind, request.Document, request.Part, request.ContentHash, request.Amount,
                request.Currency, actor.Name),
            clocks.BusinessNow);
        return IncomingEvent.Read(said, null, out var error) ?? throw new InvalidOperationException(error);
    }
}
