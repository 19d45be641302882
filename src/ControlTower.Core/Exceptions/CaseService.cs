using ControlTower.Core.Audit;
using ControlTower.Core.Identity;
using ControlTower.Core.Persistence;
using ControlTower.Core.Time;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Exceptions;

/// <summary>
/// What people do with a case besides replaying it. Each act is one database transaction with its note and its audit entry; a crash leaves all or nothing.
/// A given <c>version</c> is the one the person saw: the act is refused when the case changed since.
/// </summary>
public sealed class CaseService(ITowerDb tower, TowerClocks clocks, AuditTrail audit, IAnnouncer announcer)
{
    private readonly CaseActs _acts = new(clocks, audit);

    /// <summary>Gives the case to a person or a team's queue; with neither named, to the actor.</summary>
    public async Task<CaseResult> AssignAsync(
        long id, CaseAssignment to, Actor actor, int? version = null, CancellationToken cancellation = default)
    {
        await using var db = tower.CreateDbContext();
        var (about, refusal) = await FindAsync(db, id, actor, version, cancellation);
        refusal ??= CaseRights.ToAssign(actor, about!) ?? await RefuseAssignmentAsync(db, about!, to, actor, cancellation);
        return refusal is not null ? CaseResult.Refused(refusal) : await GiveAsync(db, about!, to, actor, cancellation);
    }

    /// <summary>Adds a note; changes nothing else.</summary>
    public async Task<CaseResult> NoteAsync(long id, string text, Actor actor, CancellationToken cancellation = default)
    {
        await using var db = tower.CreateDbContext();
        var (about, refusal) = await FindAsync(db, id, actor, null, cancellation, alsoResolved: true);
        refusal ??= CaseRights.ToAssign(actor, about!) ?? RefuseReason(text);
        if (refusal is not null)
        {
            return CaseResult.Refused(refusal);
        }

        return await SaveAsync(db, about!, CaseActs.Snapshot(about!), "noted", text.Trim(), actor, "Noted.", cancellation);
    }

    /// <summary>
    /// Ends a case by hand, with the reason. A message's case: the message is discarded and never applied. A condition's: it is waived; its cause goes on and
    /// holds what it holds, and the case opens again when it comes anew. A connector is not declared well: its case closes by itself, and the refusal says so.
    /// </summary>
    public async Task<CaseResult> ResolveAsync(
        long id, string? reason, Actor actor, int? version = null, CancellationToken cancellation = default)
    {
        await using var db = tower.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var (about, refusal) = await FindAsync(db, id, actor, version, cancellation);
        refusal ??= CaseRights.ToWork(actor, about!) ?? RefuseReason(reason) ?? CaseResolving.RefuseOrigin(about!);
        refusal ??= await CaseResolving.DiscardMessageAsync(db, about!, clocks.SystemNow, cancellation);
        if (refusal is not null)
        {
            return CaseResult.Refused(refusal);
        }

        var before = CaseActs.Snapshot(about!);
        about!.State = CaseState.Resolved;
        about.ResolvedAt = clocks.BusinessNow;
        about.ResolvedBy = actor.Name;
        about.Resolution = $"{(about.Origin == CaseOrigin.Condition ? "Waived" : "Resolved")} by {actor.Name}: {reason!.Trim()}";
        var result = await SaveAsync(db, about, before, "resolved", reason.Trim(), actor, "Resolved.", cancellation);
        if (result.Done)
        {
            await transaction.CommitAsync(cancellation);
            Announce(about);
        }

        return result;
    }

    private async Task<CaseResult> GiveAsync(TowerDbContext db, ExceptionCase about, CaseAssignment to, Actor actor, CancellationToken cancellation)
    {
        var before = CaseActs.Snapshot(about);
        about.Team = to.Team ?? about.Team;
        about.Assignee = to.Assignee ?? (to.Team is null ? actor.Name : null);
        if (about.State != CaseState.Waiting)
        {
            about.State = about.Assignee is null ? CaseState.Open : CaseState.Assigned;
        }

        var said = about.Assignee is null ? $"Handed over to the {about.Team.Replace('-', ' ')} team." : $"{about.Assignee} has it now.";
        var text = string.IsNullOrWhiteSpace(to.Note) ? said : $"{said} {to.Note.Trim()}";
        return await SaveAsync(db, about, before, "assigned", text, actor, said, cancellation);
    }

    private static async Task<Refusal?> RefuseAssignmentAsync(
        TowerDbContext db, ExceptionCase about, CaseAssignment to, Actor actor, CancellationToken cancellation)
    {
        if (to.Team is { } team && !TeamQueues.All.Contains(team, StringComparer.Ordinal))
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

    private static async Task<(ExceptionCase? About, Refusal? Refusal)> FindAsync(
        TowerDbContext db, long id, Actor actor, int? version, CancellationToken cancellation, bool alsoResolved = false)
    {
        var about = await db.Cases.AsTracking().VisibleTo(db, actor).SingleOrDefaultAsync(c => c.Id == id, cancellation);
        return about is null ? (null, CaseRefusals.NotFound)
            : version is { } seen && seen != about.Version ? (about, CaseRefusals.Changed)
            : about.State == CaseState.Resolved && !alsoResolved ? (about, CaseRefusals.Resolved)
            : (about, null);
    }

    private async Task<CaseResult> SaveAsync(
        TowerDbContext db, ExceptionCase about, string before, string act, string text, Actor actor, string said, CancellationToken cancellation)
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

        return CaseResult.Of(about, said);
    }

    private void Announce(ExceptionCase about) =>
        announcer.Announce(new Change(about.TransactionId is { } id ? [id] : [], [about.Id]));
}
