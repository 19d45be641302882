using ControlTower.Core.Audit;
using ControlTower.Core.Cases;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Replay;

/// <summary>
/// Puts what a case is about back to where it failed: through the same inbox, the same Decide and the same outbox as
/// everything else. The case's version is raised first, so that of two concurrent replays one fails; then what failed
/// is moved by compare-and-set, all in one transaction. A crash leaves all or nothing.
/// </summary>
public sealed class ReplayService(
    ITowerDb tower, TowerClocks clocks, AuditTrail audit, EngineSignal engine, IAnnouncer announcer, CommandReplay commands,
    MessageReplay messages, ConnectorReplay connectors)
{
    private readonly CaseRecorder _acts = new(clocks, audit);

    /// <summary>Replays one case, once: a second replay while the first is running is refused as a conflict.</summary>
    public Task<ReplayResult> ReplayAsync(long caseId, Actor actor, CancellationToken cancellation = default) =>
        ActAsync(caseId, actor, "replayed", CaseRights.ToReplay, (db, about) => PutBackAsync(db, about, actor, cancellation), cancellation);

    /// <summary>
    /// Confirms that a command of unknown outcome has had its effect, and under which number; the tower then continues
    /// as if the target had responded.
    /// </summary>
    public Task<ReplayResult> ConfirmAsync(long caseId, string? externalId, Actor actor, CancellationToken cancellation = default) =>
        ActAsync(caseId, actor, "confirmed", CaseRights.ToConfirm,
            (db, about) => commands.ConfirmAsync(db, about, externalId, actor, cancellation), cancellation);

    /// <summary>Reports that a command of unknown outcome is not there, and has it sent again under its key.</summary>
    /// <param name="reason">Where the person checked; it is recorded in the audit.</param>
    public Task<ReplayResult> SendAgainAsync(long caseId, string? reason, Actor actor, CancellationToken cancellation = default) =>
        ActAsync(caseId, actor, "sent-again", CaseRights.ToConfirm,
            (db, about) => commands.SendAgainAsync(db, about, reason, actor, cancellation), cancellation);

    private async Task<ReplayResult> ActAsync(
        long caseId, Actor actor, string act, Func<Actor, ExceptionCase, Refusal?> rights,
        Func<TowerDbContext, ExceptionCase, Task<RequeueResult>> putBack, CancellationToken cancellation)
    {
        await using var db = tower.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var about = await db.Cases.AsTracking().VisibleTo(db, actor).SingleOrDefaultAsync(c => c.Id == caseId, cancellation);
        var refusal = about is null ? CaseRefusals.NotFound
            : rights(actor, about) ?? CaseRefusals.Over(about.State);
        if (refusal is not null || !await RaiseAsync(db, about!, act, cancellation))
        {
            return Refused(caseId, refusal ?? ReplayRefusals.UnderWay);
        }

        var result = await putBack(db, about!);
        if (result.Refusal is not null)
        {
            return Refused(caseId, result.Refusal);
        }

        await RecordAsync(db, about!, act, result.Message, actor, cancellation);
        await transaction.CommitAsync(cancellation);
        engine.Raise();
        announcer.Announce(new Change(about!.TransactionId is { } id ? [id] : [], [caseId]));
        return new ReplayResult(caseId, null, result.Message);
    }

    /// <summary>Raises the case from the version that was read; false when it was changed meanwhile.</summary>
    private async Task<bool> RaiseAsync(TowerDbContext db, ExceptionCase about, string act, CancellationToken cancellation)
    {
        var (id, version, now) = (about.Id, about.Version, clocks.SystemNow);
        var more = IsReplay(act) ? 1 : 0;
        return await db.Cases.Where(c => c.Id == id && c.Version == version && c.State < CaseState.Resolved).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.Version, c => c.Version + 1).SetProperty(c => c.State, CaseState.Waiting)
                .SetProperty(c => c.Replays, c => c.Replays + more).SetProperty(c => c.UpdatedAt, now),
            cancellation) == 1;
    }

    private Task<RequeueResult> PutBackAsync(TowerDbContext db, ExceptionCase about, Actor actor, CancellationToken cancellation) =>
        about switch
    {
        { Origin: CaseOrigin.Connector } => connectors.PutBackAsync(db, about, cancellation),
        { Origin: CaseOrigin.Message } => messages.PutBackAsync(db, about, cancellation),
        { CommandId: not null } => commands.PutBackAsync(db, about, actor, cancellation),
        _ => connectors.AskAgainAsync(db, about, cancellation),
    };

    private async Task RecordAsync(
        TowerDbContext db, ExceptionCase about, string act, string said, Actor actor, CancellationToken cancellation)
    {
        var before = CaseRecorder.Snapshot(about);
        about.State = CaseState.Waiting;
        about.Replays += IsReplay(act) ? 1 : 0;
        await _acts.RecordAsync(db, about, before, act, said, actor, cancellation);
        // The row has all of this already; only the note and the audit entry are to be written.
        db.Entry(about).State = EntityState.Unchanged;
        await db.SaveChangesAsync(cancellation);
    }

    private static bool IsReplay(string act) => act is "replayed" or "sent-again";

    private static ReplayResult Refused(long caseId, Refusal refusal) => new(caseId, refusal, refusal.Message);
}
