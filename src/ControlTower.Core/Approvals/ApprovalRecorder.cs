using System.Text.Json;
using ControlTower.Core.Audit;
using ControlTower.Core.Cases;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Persistence.Cases;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Approvals;

/// <summary>
/// Writes the records of an action on a request, in the action's transaction: the audit entry, and the note on the case
/// it came from.
/// </summary>
internal sealed class ApprovalRecorder(TowerClocks clocks, AuditTrail audit)
{
    private readonly CaseRecorder _cases = new(clocks, audit);

    /// <summary>Adds the audit entry; the caller saves.</summary>
    public void Audit(
        TowerDbContext db, ApprovalRequest request, ApprovalState? before, string act, Actor actor, string transactionKey,
        string? reason) =>
        audit.Add(db, actor, $"approval.{act}", "approval", request.Id.ToString(), transactionKey, reason,
            before is { } state ? Snapshot(request, state) : null, Snapshot(request, request.State));

    /// <summary>The case waits for the decision.</summary>
    public async Task WaitAsync(TowerDbContext db, long? caseId, string text, Actor actor, CancellationToken cancellation)
    {
        if (caseId is { } id && await OpenCaseAsync(db, id, cancellation) is { } about)
        {
            var before = CaseRecorder.Snapshot(about);
            about.State = CaseState.Waiting;
            await _cases.RecordAsync(db, about, before, "approval-requested", text, actor, cancellation);
        }
    }

    /// <summary>The release was not granted: the case goes back to its owner.</summary>
    public async Task ReturnAsync(TowerDbContext db, long? caseId, string text, Actor actor, CancellationToken cancellation)
    {
        if (caseId is { } id && await OpenCaseAsync(db, id, cancellation) is { } about)
        {
            var before = CaseRecorder.Snapshot(about);
            about.State = about.Assignee is null ? CaseState.Open : CaseState.Assigned;
            await _cases.RecordAsync(db, about, before, "noted", text, actor, cancellation);
        }
    }

    /// <summary>
    /// Adds a note to the case, which continues to wait: the case itself does not change, so its version stays.
    /// </summary>
    public void Note(TowerDbContext db, long? caseId, string text, Actor actor)
    {
        if (caseId is { } id)
        {
            db.CaseNotes.Add(new CaseNote { CaseId = id, At = clocks.BusinessNow, Actor = actor.Name, Act = "noted", Text = text });
        }
    }

    private static Task<ExceptionCase?> OpenCaseAsync(TowerDbContext db, long id, CancellationToken cancellation) =>
        db.Cases.AsTracking().SingleOrDefaultAsync(c => c.Id == id && c.State < CaseState.Resolved, cancellation);

    private static string Snapshot(ApprovalRequest request, ApprovalState state) => JsonSerializer.Serialize(new
    {
        state = state.ToString().ToLowerInvariant(),
        document = request.Document,
        shipment = request.Part,
        amount = request.Amount,
        currency = request.Currency,
        content = request.ContentHash,
        policyVersion = request.PolicyVersion,
        requestedBy = request.RequestedBy,
        decidedBy = state == ApprovalState.Pending ? null : request.DecidedBy,
    });
}
