using System.Text.Json;
using ControlTower.Core.Audit;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Cases;

/// <summary>
/// Writes the records of an action on a case, in the action's transaction: the raised version, the note and the audit
/// entry.
/// </summary>
internal sealed class CaseRecorder(TowerClocks clocks, AuditTrail audit)
{
    /// <summary>What of a case an audit entry shows before and after.</summary>
    public static string Snapshot(ExceptionCase about) => JsonSerializer.Serialize(new
    {
        state = about.State.ToString().ToLowerInvariant(),
        team = about.Team,
        assignee = about.Assignee,
        replays = about.Replays,
        resolution = about.Resolution,
    });

    /// <summary>Adds note and audit entry for a change of <paramref name="about"/> that was <paramref name="before"/>;
    /// the caller saves.</summary>
    public async Task RecordAsync(
        TowerDbContext db, ExceptionCase about, string before, string act, string? text, Actor actor, CancellationToken cancellation)
    {
        about.Version++;
        about.UpdatedAt = clocks.SystemNow;
        db.CaseNotes.Add(new CaseNote { CaseId = about.Id, At = clocks.BusinessNow, Actor = actor.Name, Act = act, Text = text });
        var key = about.TransactionId is { } id
            ? await db.Transactions.Where(t => t.Id == id).Select(t => t.Key).SingleOrDefaultAsync(cancellation)
            : null;
        audit.Add(db, actor, $"case.{act}", "case", about.Id.ToString(), key, text, before, Snapshot(about));
    }
}
