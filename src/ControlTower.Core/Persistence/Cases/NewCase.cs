using ControlTower.Core.Persistence.Audit;

namespace ControlTower.Core.Persistence.Cases;

/// <summary>A case to open. Its note and audit entry are written only by whoever opens the case, not by those who join it.</summary>
public sealed record NewCase(ExceptionCase Case, CaseNote Note, AuditEntry Entry);
