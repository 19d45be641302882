using ControlTower.Core.Audit;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Audit;


namespace ControlTower.Core.Persistence.Cases;

/// <summary>A case to open. Its note and audit entry are written only by whoever opens the case, not by those who join it.</summary>
public sealed record NewCase(ExceptionCase Case, CaseNote Note, AuditEntry Entry)
{
    /// <param name="transactionKey">The transaction it belongs to, if any.</param>
    public static NewCase From(ExceptionCase about, AuditTrail audit, string? transactionKey = null) => new(
        about,
        new CaseNote { At = about.OpenedAt, Actor = Actor.Tower.Name, Act = "opened", Text = about.Message },
        audit.Entry(Actor.Tower, "case.opened", "case", about.CaseKey, transactionKey, about.Message, null, about.ReasonCode));
}
