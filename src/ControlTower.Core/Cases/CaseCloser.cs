using ControlTower.Core.Audit;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;

namespace ControlTower.Core.Cases;

/// <summary>Ends cases whose cause is gone; engine cycles do it in bulk themselves.</summary>
public sealed class CaseCloser(TowerClocks clocks, AuditTrail audit)
{
    /// <summary>Resolves a tracked case with its note and audit entry; the caller saves.</summary>
    /// <param name="why">What the case, the note and the audit entry show.</param>
    internal void CloseByItself(TowerDbContext db, ExceptionCase gone, string why)
    {
        gone.State = CaseState.Resolved;
        gone.ResolvedAt = clocks.BusinessNow;
        gone.ResolvedBy = Actor.Tower.Name;
        gone.Resolution = why;
        gone.UpdatedAt = clocks.SystemNow;
        gone.Version++;
        db.CaseNotes.Add(new CaseNote
        {
            CaseId = gone.Id, At = clocks.BusinessNow, Actor = Actor.Tower.Name, Act = "resolved", Text = why,
        });
        audit.Add(db, Actor.Tower, "case.resolved", "case", gone.CaseKey, reason: why);
    }
}
