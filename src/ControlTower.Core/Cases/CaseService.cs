using ControlTower.Core.Audit;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Cases;

/// <summary>
/// What people do with a case besides replaying it. Each action is one database transaction with its note and its audit
/// entry; a crash leaves all or nothing. A given <c>version</c> is the one the person saw: the action is refused when
/// the case changed since.
/// </summary>
public sealed class CaseService(ITowerDb tower, TowerClocks clocks, AuditTrail audit, IAnnouncer announcer)
{
    private readonly CaseRecorder _acts = new(clocks, audit);

    /// <summary>Gives the case to a person or a team's queue; with neither named, to the actor.</summary>
    public async Task<CaseResult> AssignAsync(
        long id, CaseAssignment to, Actor actor, int? version = null, CancellationToken cancellation = default)
    {
        await using var db = tower.CreateDbContext();
        var (about, refusal) = await FindAsync(db, id, actor, version, [CaseState.Waived], cancellation);
        refusal ??= CaseRights.ToAssign(actor, about!) ?? await RefuseAssignmentAsync(db, about!, to, actor, cancellation);
        return refusal is not null ? CaseResult.Refused(refusal) : await GiveAsync(db, about!, to, actor, cancellation);
    }

    /// <summary>Adds a note; changes nothing else.</summary>
    public async Task<CaseResult> NoteAsync(long id, string text, Actor actor, CancellationToken cancellation = default)
    {
        await using var db = tower.CreateDbContext();
        var (about, refusal) = await FindAsync(
            db, id, actor, null, [CaseState.Resolved, CaseState.Waived, CaseState.Discarded], cancellation);
        refusal ??= CaseRights.ToAssign(actor, about!) ?? RefuseReason(text);
        if (refusal is not null)
        {
            return CaseResult.Refused(refusal);
        }

        return await SaveAsync(db, about!, CaseRecorder.Snapshot(about!), "noted", text.Trim(), actor, "Noted.", cancellation);
    }

    /// <summary>
    /// Accepts a condition as it is, with the reason. Its cause continues and holds what it holds: the case keeps its
    /// owner and its amount at risk, is resolved when the cause is gone, and opens again when the cause comes again or
    /// somebody takes it. A message is discarded instead; a connector's case closes by itself.
    /// </summary>
    public Task<CaseResult> WaiveAsync(
        long id, string? reason, Actor actor, int? version = null, CancellationToken cancellation = default) =>
        EndAsync(id, new(CaseState.Waived, "waived", CaseEnding.ToWaive), reason, actor, version, cancellation);

    /// <summary>Drops the message of a case, with the reason: it is never applied. A condition is waived instead; a
    /// connector's case closes by itself.</summary>
    public Task<CaseResult> DiscardAsync(
        long id, string? reason, Actor actor, int? version = null, CancellationToken cancellation = default) =>
        EndAsync(id, new(CaseState.Discarded, "discarded", CaseEnding.ToDiscard), reason, actor, version, cancellation);

    private async Task<CaseResult> EndAsync(
        long id, Ending ending, string? reason, Actor actor, int? version, CancellationToken cancellation)
    {
        await using var db = tower.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var (about, refusal) = await FindAsync(db, id, actor, version, [], cancellation);
        refusal ??= CaseRights.ToWork(actor, about!) ?? RefuseReason(reason) ?? ending.Refuse(about!);
        refusal ??= ending.State == CaseState.Discarded
            ? await CaseEnding.DiscardMessageAsync(db, about!, clocks.SystemNow, cancellation)
            : null;
        if (refusal is not null)
        {
            return CaseResult.Refused(refusal);
        }

        var before = CaseRecorder.Snapshot(about!);
        (about!.State, about.ResolvedAt, about.ResolvedBy) = (ending.State, clocks.BusinessNow, actor.Name);
        about.Resolution = $"{ending.State} by {actor.Name}: {reason!.Trim()}";
        var result = await SaveAsync(db, about, before, ending.Act, reason.Trim(), actor, MessageOf(about), cancellation);
        if (result.Done)
        {
            await transaction.CommitAsync(cancellation);
            Announce(about);
        }

        return result;
    }

    private static string MessageOf(ExceptionCase ended) => ended is { State: CaseState.Waived, AmountAtRisk: > 0 }
        ? $"Waived. {ended.AmountAtRisk:#,##0.00} {ended.Currency} stays at risk, listed under the waived exceptions."
        : $"{ended.State}.";

    private async Task<CaseResult> GiveAsync(
        TowerDbContext db, ExceptionCase about, CaseAssignment to, Actor actor, CancellationToken cancellation)
    {
        var before = CaseRecorder.Snapshot(about);
        about.Team = to.Team ?? about.Team;
        about.Assignee = to.Assignee ?? (to.Team is null ? actor.Name : null);
        if (about.State == CaseState.Waived)
        {
            Reopen(about);
        }

        if (about.State != CaseState.Waiting)
        {
            about.State = about.Assignee is null ? CaseState.Open : CaseState.Assigned;
        }

        var said = about.Assignee is null ? $"Handed over to the {about.Team.Replace('-', ' ')} team." : $"{about.Assignee} has it now.";
        var text = string.IsNullOrWhiteSpace(to.Note) ? said : $"{said} {to.Note.Trim()}";
        return await SaveAsync(db, about, before, "assigned", text, actor, said, cancellation);
    }

    /// <summary>
    /// A person who takes a waived case works on it again: the waiver is history, and its clock starts again.
    /// </summary>
    private void Reopen(ExceptionCase about)
    {
        about.DueAt = clocks.BusinessNow.AddHours(ReasonCodes.Find(about.ReasonCode).SlaHours);
        (about.ResolvedAt, about.ResolvedBy, about.Resolution) = (null, null, null);
    }

    private static async Task<Refusal?> RefuseAssignmentAsync(
        TowerDbContext db, ExceptionCase about, CaseAssignment to, Actor actor, CancellationToken cancellation)
    {
        if (to.Team is { } team && !TeamRoles.All.Contains(team, StringComparer.Ordinal))
        {
            return CaseRefusals.NoSuchTeam(team);
        }

        if (to.Note?.Length > Lengths.Sentence - Lengths.Name)
        {
            return CaseRefusals.NoReason;
        }

        if (to.Assignee is { } name)
        {
            return name == actor.Name && to.Team is null ? CaseRights.ToWork(actor, about)
                : await Assignees.RefuseAsync(db, name, to.Team ?? about.Team, about.Site, cancellation);
        }

        return to.Team is null && about.Assignee is { } holder && holder != actor.Name ? CaseRefusals.HeldBy(holder)
            : to.Team is null ? CaseRights.ToWork(actor, about)
            : null;
    }

    private static Refusal? RefuseReason(string? text) =>
        string.IsNullOrWhiteSpace(text) || text.Length > Lengths.Sentence - Lengths.Name ? CaseRefusals.NoReason : null;

    /// <param name="over">States of ended cases in which the action is possible too.</param>
    private static async Task<(ExceptionCase? About, Refusal? Refusal)> FindAsync(
        TowerDbContext db, long id, Actor actor, int? version, CaseState[] over, CancellationToken cancellation)
    {
        var about = await db.Cases.AsTracking().VisibleTo(db, actor).SingleOrDefaultAsync(c => c.Id == id, cancellation);
        return about is null ? (null, CaseRefusals.NotFound)
            : version is { } seen && seen != about.Version ? (about, CaseRefusals.Changed)
            : (about, over.Contains(about.State) ? null : CaseRefusals.Over(about.State));
    }

    private async Task<CaseResult> SaveAsync(
        TowerDbContext db, ExceptionCase about, string before, string act, string text, Actor actor, string said,
        CancellationToken cancellation)
    {
        await _acts.RecordAsync(db, about, before, act, text, actor, cancellation);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return CaseResult.Refused(CaseRefusals.Changed);
        }

        if (db.Database.CurrentTransaction is null)
        {
            Announce(about);
        }

        return CaseResult.From(about, said);
    }

    private void Announce(ExceptionCase about) =>
        announcer.Announce(new Change(about.TransactionId is { } id ? [id] : [], [about.Id]));

    /// <param name="Act">The same name in the case's history, the audit chain and the API.</param>
    private sealed record Ending(CaseState State, string Act, Func<ExceptionCase, Refusal?> Refuse);
}
